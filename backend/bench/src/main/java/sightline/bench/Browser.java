package sightline.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket client that watches the whole fleet and tells what it reads. Owned by the
 * generator's thread.
 */
final class Browser extends ChannelInboundHandlerAdapter
    implements FrameReader.Sink, MessageReader.Sink {
  private static final byte[] NORMAL = {0x03, (byte) 0xe8};
  private static final int LONGEST_HEAD = 8_192;

  private final int index;
  private final byte[] request;
  private final Dialect dialect;
  private final Crowd crowd;
  private final @Nullable Recording recording;
  private final FrameReader frames = new FrameReader(this);
  private final MessageReader scanner;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream(512);
  private @Nullable ChannelHandlerContext context;
  private boolean open;
  private boolean ready;
  private long readAtNanos;

  Browser(
      int index,
      byte[] request,
      Dialect dialect,
      boolean sampled,
      Crowd crowd,
      @Nullable Recording recording) {
    this.dialect = dialect;
    this.scanner = dialect.reader(this, sampled);
    this.index = index;
    this.request = request;
    this.crowd = crowd;
    this.recording = recording;
  }

  /** Says goodbye; the server closes. */
  void leave() {
    ChannelHandlerContext ctx = context;
    if (ctx != null && open) {
      Channels.send(
          ctx.channel(),
          ClientFrames.frame(ctx.alloc(), ClientFrames.CLOSE, NORMAL, NORMAL.length));
    }
  }

  /** Whether it has had its first snapshot. */
  boolean ready() {
    return ready;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    Channels.send(ctx.channel(), Unpooled.wrappedBuffer(request));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    readAtNanos = System.nanoTime();
    ByteBuf bytes = (ByteBuf) message;
    int length = bytes.readableBytes();
    byte[] chunk = crowd.chunk(length);
    bytes.readBytes(chunk, 0, length);
    bytes.release();
    crowd.read(length, readAtNanos);
    int from = open ? 0 : head(chunk, length);
    frames.read(chunk, from, length);
    crowd.afterRead();
  }

  private int head(byte[] chunk, int length) {
    int before = head.size();
    head.write(chunk, 0, length);
    byte[] all = head.toByteArray();
    int end = indexOf(all, Handshake.HEAD_END);
    if (end < 0) {
      if (all.length > LONGEST_HEAD) {
        throw new FrameReader.BadFrame("the response's head does not end");
      }
      return length;
    }
    String text = new String(all, 0, end, StandardCharsets.US_ASCII);
    if (!Handshake.accepted(text)) {
      throw new FrameReader.BadFrame("refused: " + text.lines().findFirst().orElse(""));
    }
    open = true;
    head.reset();
    reply(dialect.greeting());
    return end + Handshake.HEAD_END.length - before;
  }

  private static int indexOf(byte[] bytes, byte[] what) {
    for (int at = 0; at + what.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + what.length, what, 0, what.length)) {
        return at;
      }
    }
    return -1;
  }

  @Override
  public void payload(byte[] bytes, int from, int to) {
    scanner.read(bytes, from, to);
    if (recording != null) {
      recording.payload(bytes, from, to);
    }
  }

  @Override
  public void messageEnd() {
    scanner.end();
    if (recording != null) {
      recording.messageEnd();
    }
  }

  @Override
  public void control(int opcode, byte[] payload, int length) {
    ChannelHandlerContext ctx = context;
    if (ctx != null && opcode == ClientFrames.PING) {
      Channels.send(
          ctx.channel(), ClientFrames.frame(ctx.alloc(), ClientFrames.PONG, payload, length));
    } else if (ctx != null && opcode == ClientFrames.CLOSE) {
      crowd.closed("a browser was closed with code " + closeCode(payload, length));
      Channels.close(ctx.channel());
    }
  }

  private static int closeCode(byte[] payload, int length) {
    return length < 2 ? 1005 : ((payload[0] & 0xff) << 8) | (payload[1] & 0xff);
  }

  @Override
  public void position(int device, long timestamp) {
    crowd.position(index, device, timestamp, readAtNanos);
  }

  @Override
  public void decoded(int device, long timestamp, BinaryReader.Place place) {
    crowd.decoded(device, timestamp, place);
  }

  @Override
  public void reply(byte[] message) {
    ChannelHandlerContext ctx = context;
    if (ctx != null && message.length > 0) {
      Channels.send(
          ctx.channel(),
          ClientFrames.frame(ctx.alloc(), dialect.opcode(), message, message.length));
    }
  }

  @Override
  public void malformed() {
    crowd.malformed();
  }

  @Override
  public void snapshotEnd() {
    ready = true;
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    crowd.closed("a browser's connection was closed");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    crowd.closed("a browser failed: " + cause.getMessage());
    Channels.close(ctx.channel());
  }
}

package sightline.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket client. Until it is ready it reads everything; from then on a sampled one tells
 * what it reads, and any other walks from frame to frame. Owned by the generator's thread.
 */
final class Browser extends ChannelInboundHandlerAdapter
    implements FrameReader.Sink, MessageReader.Sink {
  private static final byte[] NOTHING = {};
  private static final byte[] NORMAL = {0x03, (byte) 0xe8};

  private final int index;
  private final int place;
  private final Dialect dialect;
  private final Crowd crowd;
  private final @Nullable Recording recording;
  private final FrameReader frames = new FrameReader(this);
  private final MessageReader messages;
  private final ResponseHead head = new ResponseHead();
  private @Nullable ChannelHandlerContext context;
  private boolean open;
  private boolean ready;
  private boolean skims;
  private long readAtNanos;

  /**
   * @param place in the sample, -1 outside it
   * @param audited whether it decodes whole positions, where the dialect leaves that to a few
   */
  Browser(
      int index,
      int place,
      Dialect dialect,
      boolean audited,
      Crowd crowd,
      @Nullable Recording recording) {
    this.index = index;
    this.place = place;
    this.dialect = dialect;
    this.crowd = crowd;
    this.recording = recording;
    messages = dialect.reader(this, audited);
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

  /**
   * Stops reading, or goes on. As it stops it sends a pong that nobody asked for (RFC 6455, 5.5.3):
   * a server pings one that says nothing, and to close one that doesn't answer is right.
   */
  void reading(boolean on) {
    ChannelHandlerContext ctx = context;
    if (ctx != null) {
      ctx.channel().config().setAutoRead(on);
      if (!on) {
        Channels.send(
            ctx.channel(), ClientFrames.frame(ctx.alloc(), ClientFrames.PONG, NOTHING, 0));
      }
    }
  }

  /** Whether what it reads is live. */
  boolean isReady() {
    return ready;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    Channels.send(ctx.channel(), Unpooled.wrappedBuffer(crowd.request()));
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    readAtNanos = System.nanoTime();
    ByteBuf bytes = (ByteBuf) message;
    int length = bytes.readableBytes();
    try {
      crowd.read(index, length, readAtNanos);
      if (skims) {
        frames.skim(bytes);
      } else {
        byte[] chunk = crowd.chunk(length);
        bytes.readBytes(chunk, 0, length);
        int from = open ? 0 : head(chunk, length);
        frames.read(chunk, from, length);
      }
    } finally {
      bytes.release();
    }
    crowd.afterRead();
  }

  private int head(byte[] chunk, int length) {
    int end = head.read(chunk, length);
    if (end < 0) {
      return length;
    }
    if (!head.accepted()) {
      throw new FrameReader.BadFrame("refused: " + head.statusLine());
    }
    open = true;
    reply(crowd.greeting(index));
    return end;
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
  public void payload(byte[] bytes, int from, int to) {
    if (skims) {
      return;
    }
    messages.read(bytes, from, to);
    if (recording != null) {
      recording.payload(bytes, from, to);
    }
  }

  @Override
  public void messageEnd() {
    if (!skims) {
      messages.end();
      skims = ready && place < 0;
    }
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
    if (place >= 0) {
      crowd.position(place, device, timestamp, readAtNanos);
    }
  }

  @Override
  public void decoded(int device, long timestamp, BinaryReader.Place place) {
    crowd.decoded(device, timestamp, place);
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

package sightline.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One client that comes back as the page does: when the server said, else after a random part of
 * 0–5 s, and of as long as it has been away after that. It watches one unit that says nothing.
 * Owned by the generator's thread.
 */
final class Returner {
  /** What the page waits at most for, at first and at last, ms. */
  static final long FIRST_DELAY_MILLIS = 5_000;

  static final long LONGEST_DELAY_MILLIS = 30_000;

  private static final byte[] SUBSCRIBE =
      Motion.ascii("{\"type\":\"subscribe\",\"devices\":[\"parked-1\"]}");
  private static final Pattern WHEN = Pattern.compile("\"afterMs\":([0-9]{1,9})");
  private static final int LONGEST_TOLD = 512;

  /** A message is known by its type's first letter, which is here. */
  private static final int TYPE_AT = 9;

  private final int number;
  private final Returners all;
  private @Nullable Visit visit;
  private long goneNanos;
  private long toldMillis = -1;
  private boolean here;
  private boolean left;

  Returner(int number, Returners all) {
    this.number = number;
    this.all = all;
  }

  /** How long one waits that has been away for so long and was told nothing, ms. */
  static long delayMillis(long awayMillis, double random) {
    return (long) (random * Math.clamp(awayMillis, FIRST_DELAY_MILLIS, LONGEST_DELAY_MILLIS));
  }

  /** Connects. */
  void open() {
    if (left) {
      return;
    }
    Visit fresh = new Visit();
    visit = fresh;
    toldMillis = -1;
    ChannelFuture connected = all.connect(number, fresh);
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            gone(fresh);
          }
        });
  }

  /** Goes for good. */
  void leave() {
    left = true;
    Visit last = visit;
    if (last != null && last.context != null) {
      Channels.close(last.context.channel());
    }
  }

  private void gone(Visit which) {
    if (left || visit != which) {
      return;
    }
    visit = null;
    long now = System.nanoTime();
    if (here) {
      here = false;
      goneNanos = now;
      all.lost();
    }
    long away = TimeUnit.NANOSECONDS.toMillis(now - goneNanos);
    all.later(this::open, toldMillis >= 0 ? toldMillis : delayMillis(away, all.random()));
  }

  private void arrived() {
    if (!here) {
      here = true;
      all.arrived(System.nanoTime());
    }
  }

  /** One connection. */
  private final class Visit extends ChannelInboundHandlerAdapter implements FrameReader.Sink {
    private final FrameReader frames = new FrameReader(this);
    private final ResponseHead head = new ResponseHead();
    private final byte[] message = new byte[LONGEST_TOLD];
    private int length;
    private boolean open;
    private @Nullable ChannelHandlerContext context;

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      context = ctx;
      Channels.send(ctx.channel(), Unpooled.wrappedBuffer(all.request()));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
      ByteBuf bytes = (ByteBuf) read;
      try {
        byte[] chunk = new byte[bytes.readableBytes()];
        bytes.readBytes(chunk);
        int from = open ? 0 : head(ctx, chunk);
        frames.read(chunk, from, chunk.length);
      } finally {
        bytes.release();
      }
    }

    private int head(ChannelHandlerContext ctx, byte[] chunk) {
      int end = head.read(chunk, chunk.length);
      if (end < 0) {
        return chunk.length;
      }
      if (!head.accepted()) {
        all.refused(head.statusLine());
        Channels.close(ctx.channel());
        return chunk.length;
      }
      open = true;
      send(ctx, ClientFrames.TEXT, SUBSCRIBE, SUBSCRIBE.length);
      return end;
    }

    @Override
    public void payload(byte[] bytes, int from, int to) {
      int take = Math.min(to - from, message.length - length);
      System.arraycopy(bytes, from, message, length, take);
      length += take;
    }

    @Override
    public void messageEnd() {
      byte type = length > TYPE_AT ? message[TYPE_AT] : 0;
      if (type == 's') {
        arrived();
      } else if (type == 'r') {
        told(new String(message, 0, length, StandardCharsets.UTF_8));
      }
      length = 0;
    }

    private void told(String text) {
      Matcher when = WHEN.matcher(text);
      if (when.find()) {
        toldMillis = Long.parseLong(when.group(1));
        all.told(here);
      }
    }

    @Override
    public void control(int opcode, byte[] payload, int size) {
      ChannelHandlerContext ctx = context;
      if (ctx != null && opcode == ClientFrames.PING) {
        send(ctx, ClientFrames.PONG, payload, size);
      } else if (ctx != null && opcode == ClientFrames.CLOSE) {
        Channels.close(ctx.channel());
      }
    }

    private static void send(ChannelHandlerContext ctx, int opcode, byte[] payload, int size) {
      Channels.send(ctx.channel(), ClientFrames.frame(ctx.alloc(), opcode, payload, size));
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      gone(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      Channels.close(ctx.channel());
    }
  }
}

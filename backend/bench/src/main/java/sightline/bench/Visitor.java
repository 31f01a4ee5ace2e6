package sightline.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

/** One connection of the churn: comes, and goes in its manner. Owned by the generator's thread. */
final class Visitor extends ChannelInboundHandlerAdapter {
  private static final byte[] SUBSCRIBE =
      Motion.ascii("{\"type\":\"subscribe\",\"devices\":\"all\"}");
  private static final byte[] NORMAL = {0x03, (byte) 0xe8};

  private final Manner manner;
  private final byte[] request;
  private final Visits visits;
  private @Nullable ChannelHandlerContext context;
  private boolean open;

  Visitor(Manner manner, byte[] request, Visits visits) {
    this.manner = manner;
    this.request = request;
    this.visits = visits;
  }

  Manner manner() {
    return manner;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    int length = manner == Manner.MID_HANDSHAKE ? request.length / 2 : request.length;
    Channels.send(ctx.channel(), Unpooled.copiedBuffer(request, 0, length));
    if (manner == Manner.MID_HANDSHAKE) {
      visits.opened(this);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    bytes.release();
    if (!open && manner != Manner.MID_HANDSHAKE) {
      open = true;
      Channels.send(
          ctx.channel(),
          ClientFrames.frame(ctx.alloc(), ClientFrames.TEXT, SUBSCRIBE, SUBSCRIBE.length));
      ctx.channel().config().setAutoRead(manner != Manner.HALF_OPEN);
      visits.opened(this);
    }
  }

  /** Goes, in its manner; one that the server is to drop does nothing. */
  void leave() {
    ChannelHandlerContext ctx = context;
    if (ctx != null && manner == Manner.CLOSE_FRAME) {
      Channels.send(
          ctx.channel(),
          ClientFrames.frame(ctx.alloc(), ClientFrames.CLOSE, NORMAL, NORMAL.length));
    } else if (manner == Manner.RESET) {
      reset();
    }
  }

  /** Goes at once by a TCP reset. */
  void reset() {
    ChannelHandlerContext ctx = context;
    if (ctx != null && ctx.channel().isActive()) {
      ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      Channels.close(ctx.channel());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    visits.gone(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Channels.close(ctx.channel());
  }
}

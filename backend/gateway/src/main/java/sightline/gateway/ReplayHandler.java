package sightline.gateway;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import sightline.protocol.CloseCode;
import sightline.protocol.RejectedPayload;
import sightline.protocol.ReplayJson;
import sightline.protocol.ServerMessage;

/** What a browser that looks back sends, handed to its {@link Replay}. Owned by its event loop. */
final class ReplayHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final long BEAT_MILLIS = 250;

  private final Replay replay;
  private final Frames frames;
  private final LiveSettings settings;
  private final GatewayMetrics metrics;
  private final TokenBucket messages;
  private int badMessages;
  private @Nullable Future<?> beats;

  ReplayHandler(Replay replay, Frames frames, LiveSettings settings, GatewayMetrics metrics) {
    this.replay = replay;
    this.frames = frames;
    this.settings = settings;
    this.metrics = metrics;
    int rate = settings.messagesPerSecond();
    messages = new TokenBucket(rate, rate * 2.0, System.nanoTime());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    beats =
        ctx.executor()
            .scheduleAtFixedRate(
                () -> replay.beat(frames), BEAT_MILLIS, BEAT_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (beats != null) {
      beats.cancel(false);
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    replay.alive();
    switch (frame) {
      case CloseWebSocketFrame close -> {
        metrics.closed("by-client");
        ctx.writeAndFlush(close.retainedDuplicate()).addListener(ChannelFutureListener.CLOSE);
      }
      case PongWebSocketFrame pong -> {}
      case WebSocketFrame other when !messages.take(System.nanoTime()) ->
          bad(ctx, "more than " + settings.messagesPerSecond() + " messages a second");
      case TextWebSocketFrame text -> command(ctx, ByteBufUtil.getBytes(text.content()));
      case PingWebSocketFrame ping -> {
        if (ctx.channel().isWritable()) {
          var _ = ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
        }
      }
      case BinaryWebSocketFrame binary -> replay.close(CloseCode.UNSUPPORTED);
      default -> replay.close(CloseCode.PROTOCOL_ERROR);
    }
  }

  private void command(ChannelHandlerContext ctx, byte[] json) {
    try {
      if (!replay.post(ReplayJson.parse(json))) {
        bad(ctx, "too many commands wait");
      }
    } catch (RejectedPayload e) {
      bad(ctx, e.getMessage());
    }
  }

  private void bad(ChannelHandlerContext ctx, @Nullable String detail) {
    metrics.rejected("replay-message");
    badMessages++;
    if (badMessages >= settings.badMessages()) {
      replay.close(CloseCode.BAD_MESSAGES);
      return;
    }
    ServerMessage problem = Refusals.badMessage(detail == null ? "not understood" : detail);
    var _ =
        ctx.pipeline()
            .firstContext()
            .writeAndFlush(frames.frame(problem), ctx.channel().voidPromise());
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    replay.wake();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    handlerRemoved(ctx);
    replay.end();
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    SocketFaults.end(ctx, cause, metrics, replay::close);
  }
}

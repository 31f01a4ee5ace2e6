package sightline.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request or answer takes too long on its way, or that stays idle. Owned
 * by the connection's event loop.
 */
final class HttpDeadline extends ChannelInboundHandlerAdapter {
  private static final int ANSWER_FACTOR = 12;

  /** In this many times a request's time a client must take the next piece of a stream. */
  private static final int PIECE_FACTOR = 3;

  private final Duration request;
  private final Duration idle;
  private final GatewayMetrics metrics;
  private final Site site;
  private @Nullable Future<?> timer;
  private boolean waitingForFirstByte;

  HttpDeadline(HttpSettings settings, Site site) {
    this.request = settings.requestTimeout();
    this.idle = settings.idleTimeout();
    this.metrics = site.metrics();
    this.site = site;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    arm(ctx, request, "slow-request");
    String address = site.addresses().socket(ctx.channel());
    Channel longest =
        site.halfOpen().begins(ctx.channel(), address, !site.addresses().isProxy(address));
    if (longest != null) {
      metrics.rejected("half-open");
      var _ = longest.close();
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    site.halfOpen().ends(ctx.channel());
    disarm();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    site.halfOpen().ends(ctx.channel());
    disarm();
    ctx.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (waitingForFirstByte) {
      waitingForFirstByte = false;
      arm(ctx, request, "slow-request");
    }
    ctx.fireChannelRead(message);
  }

  /** A request is whole: the answer has its own time. */
  void answering(ChannelHandlerContext ctx) {
    waitingForFirstByte = false;
    site.halfOpen().ends(ctx.channel());
    arm(ctx, request.multipliedBy(ANSWER_FACTOR), "slow-answer");
  }

  /** A piece of an answer was taken: the next one has its own time. */
  void progressed(ChannelHandlerContext ctx) {
    arm(ctx, request.multipliedBy(PIECE_FACTOR), "slow-answer");
  }

  /** An answer is on its way: the next request may take its time to begin. */
  void answered(ChannelHandlerContext ctx) {
    waitingForFirstByte = true;
    arm(ctx, idle, null);
  }

  private void arm(ChannelHandlerContext ctx, Duration after, @Nullable String reason) {
    disarm();
    timer =
        ctx.executor()
            .schedule(
                () -> {
                  if (reason != null) {
                    metrics.rejected(reason);
                  }
                  var _ = ctx.close();
                },
                after.toNanos(),
                TimeUnit.NANOSECONDS);
  }

  private void disarm() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }
}

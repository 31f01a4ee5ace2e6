package sightline.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/**
 * Ends a connection after its last answer. What the other side still sends is read and thrown away
 * for a moment: closing at once would answer it with a reset, which takes the answer with it. Any
 * event loop.
 */
final class LingeringClose {
  private static final long MOMENT_MILLIS = 500;

  private LingeringClose() {}

  static void of(ChannelHandlerContext ctx) {
    if (!(ctx.channel() instanceof DuplexChannel channel) || !channel.isActive()) {
      var _ = ctx.close();
      return;
    }
    var _ = channel.shutdownOutput();
    channel.config().setAutoRead(true);
    Runnable end =
        () -> {
          var _ = channel.close();
        };
    var timer = channel.eventLoop().schedule(end, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    channel.closeFuture().addListener(closed -> timer.cancel(false));
  }
}

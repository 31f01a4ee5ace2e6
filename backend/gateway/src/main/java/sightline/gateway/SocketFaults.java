package sightline.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.protocol.CloseCode;

/** What becomes of a WebSocket that breaks, on any path. Called on its event loop. */
final class SocketFaults {
  private static final Logger LOG = LoggerFactory.getLogger(SocketFaults.class);

  private SocketFaults() {}

  /** Counts a fault of the other side, logs one of ours, and ends the connection by a code. */
  static void end(
      ChannelHandlerContext ctx,
      Throwable cause,
      GatewayMetrics metrics,
      Consumer<CloseCode> close) {
    switch (cause) {
      // The decoder has sent the close frame already, and closes.
      case CorruptedWebSocketFrameException broken ->
          metrics.rejected("frame-" + broken.closeStatus().code());
      case TooLongFrameException tooLong -> {
        metrics.rejected("frame-too-large");
        close.accept(CloseCode.TOO_LARGE);
      }
      case PrematureChannelClosureException cut -> metrics.rejected("message-cut-off");
      case IOException reset -> {
        var _ = ctx.close();
      }
      default -> {
        LOG.error("a WebSocket failed", cause);
        close.accept(CloseCode.INTERNAL);
      }
    }
  }
}

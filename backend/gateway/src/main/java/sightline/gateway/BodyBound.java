package sightline.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Makes a request whole up to a bound, and answers 413 above it. Owned by its event loop. */
final class BodyBound extends HttpObjectAggregator {
  private final GatewayMetrics metrics;

  BodyBound(int maxBytes, GatewayMetrics metrics) {
    super(maxBytes, true);
    this.metrics = metrics;
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
    metrics.rejected("http-too-large");
    Answer answer =
        Answer.problem(
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            "a body may have " + maxContentLength() + " bytes");
    AnswerWriter.write(ctx, answer, false, false).addListener(written -> LingeringClose.of(ctx));
  }
}

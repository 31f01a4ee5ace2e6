package sightline.gateway;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one request of a connection after the other: refuses what is broken or from elsewhere,
 * hands {@code /live} to the upgrade and the rest to the routes. Owned by its event loop.
 */
final class HttpFront extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
  private static final String LIVE = "/live";

  private final Site site;
  private final HttpDeadline deadline;

  HttpFront(Site site, HttpDeadline deadline) {
    this.site = site;
    this.deadline = deadline;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    ctx.read();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest message) {
    deadline.answering(ctx);
    boolean head = HttpMethod.HEAD.equals(message.method());
    DecoderResult decoded = message.decoderResult();
    if (decoded.isFailure()) {
      site.metrics().rejected("http-malformed");
      refuse(ctx, unreadable(decoded.cause()), "the request can't be read", head);
      return;
    }
    boolean keepAlive = HttpUtil.isKeepAlive(message);
    try {
      Request request =
          Request.of(
              message.method(),
              message.uri(),
              message.headers(),
              new Blob(ByteBufUtil.getBytes(message.content())));
      Answer refused = stranger(request);
      if (refused != null) {
        answer(ctx, refused, head, false);
      } else if (request.path().equals(LIVE)) {
        live(ctx, message, request);
      } else {
        CompletableFuture<Answer> answer = site.routes().answer(request);
        var _ =
            answer.whenCompleteAsync(
                (done, failed) ->
                    answer(ctx, done == null ? broken(failed) : done, head, keepAlive),
                ctx.executor());
      }
    } catch (BadRequest e) {
      site.metrics().rejected("http-malformed");
      refuse(ctx, HttpResponseStatus.BAD_REQUEST, e.getMessage(), head);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.error("a connection failed", cause);
    }
    var _ = ctx.close();
  }

  private void live(ChannelHandlerContext ctx, FullHttpRequest message, Request request) {
    Answer refused = site.upgrade().refusal(request);
    if (refused != null) {
      answer(ctx, refused, HttpMethod.HEAD.equals(request.method()), false);
    } else {
      site.upgrade().upgrade(ctx, message, request);
    }
  }

  /** Refuses names that are not ours, and pages of others that want to write. */
  private @Nullable Answer stranger(Request request) {
    boolean once = request.headers().getAll(HttpHeaderNames.HOST).size() == 1;
    if (!once || !site.names().serves(request.header("Host"))) {
      site.metrics().rejected("host");
      return Answer.problem(HttpResponseStatus.FORBIDDEN, "this host name is not served here");
    }
    boolean guarded = request.writes() || request.path().equals(LIVE);
    boolean oneOrigin = request.headers().getAll(HttpHeaderNames.ORIGIN).size() <= 1;
    if (guarded && !(oneOrigin && site.names().trusts(request.header("Origin")))) {
      site.metrics().rejected("origin");
      return Answer.problem(HttpResponseStatus.FORBIDDEN, "this origin is not allowed");
    }
    return null;
  }

  private static HttpResponseStatus unreadable(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return HttpResponseStatus.REQUEST_URI_TOO_LONG;
    }
    return cause instanceof TooLongHttpHeaderException
        ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
        : HttpResponseStatus.BAD_REQUEST;
  }

  private static Answer broken(@Nullable Throwable cause) {
    LOG.error("a request failed", cause);
    return Answer.problem(
        HttpResponseStatus.INTERNAL_SERVER_ERROR, "the server failed; its log says why");
  }

  private void refuse(
      ChannelHandlerContext ctx, HttpResponseStatus status, @Nullable String detail, boolean head) {
    answer(ctx, Answer.problem(status, detail == null ? "" : detail), head, false);
  }

  private void answer(ChannelHandlerContext ctx, Answer answer, boolean head, boolean keepAlive) {
    AnswerWriter.write(ctx, answer, head, keepAlive)
        .addListener(
            (ChannelFutureListener)
                written -> {
                  if (!keepAlive || !written.isSuccess()) {
                    var _ = ctx.close();
                  } else {
                    deadline.answered(ctx);
                    ctx.read();
                  }
                });
  }
}

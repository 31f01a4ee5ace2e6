package sightline.gateway;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one request of a connection after the other: refuses what is broken or from elsewhere,
 * hands {@code /live} to the upgrade and the rest to the routes. Owned by its event loop.
 */
final class HttpFront extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
  private static final String LIVE = "/live";

  /** The gateway stops: an answer that is under way is the last of its connection. */
  enum Stopping {
    NOW
  }

  private final Site site;
  private final HttpDeadline deadline;

  /** Requests that came with the one being answered; bounded by what one read brings. */
  private final Queue<FullHttpRequest> waiting = new ArrayDeque<>();

  HttpFront(Site site, HttpDeadline deadline) {
    this.site = site;
    this.deadline = deadline;
  }

  /** Frames that came with a handshake, before it was answered. */
  private final Queue<Object> early = new ArrayDeque<>();

  /** Whether a request is being answered; meanwhile nothing is read. */
  private boolean busy;

  private boolean stopping;

  /** The stream that is being written, if any. */
  private @Nullable AnswerStream stream;

  /** What is being made for a request that changes nothing, to be given up if the client goes. */
  private @Nullable CompletableFuture<Answer> making;

  /** Whose share of memory the answer is. */
  private String address = "";

  /** Whether the client takes chunks, so that it can tell the end of a stream from a cut. */
  private boolean chunks;

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    site.http().add(ctx.channel());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Stopping.NOW) {
      stopping = true;
      if (!busy) {
        var _ = ctx.close();
      }
    }
    ctx.fireUserEventTriggered(event);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof FullHttpRequest request) {
      waiting.add(request);
      next(ctx);
    } else {
      early.add(message);
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (stream != null) {
      stream.more();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    forget();
    if (stream != null) {
      stream.gone();
    }
    if (making != null) {
      making.cancel(false);
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    site.http().remove(ctx.channel());
    forget();
  }

  private void forget() {
    waiting.forEach(FullHttpRequest::release);
    waiting.clear();
  }

  private void next(ChannelHandlerContext ctx) {
    FullHttpRequest message = busy ? null : waiting.poll();
    if (message == null) {
      return;
    }
    busy = true;
    ctx.channel().config().setAutoRead(false);
    try {
      take(ctx, message);
    } finally {
      message.release();
    }
  }

  private void take(ChannelHandlerContext ctx, FullHttpRequest message) {
    deadline.answering(ctx);
    boolean head = HttpMethod.HEAD.equals(message.method());
    DecoderResult decoded = message.decoderResult();
    if (decoded.isFailure()) {
      site.metrics().rejected("http-malformed");
      refuse(ctx, unreadable(decoded.cause()), "the request can't be read", head);
      return;
    }
    boolean keepAlive = HttpUtil.isKeepAlive(message);
    chunks = message.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0;
    try {
      Request request =
          Request.of(
                  message.method(),
                  message.uri(),
                  message.headers(),
                  new Blob(ByteBufUtil.getBytes(message.content())))
              .by(
                  site.people().of(message.headers()),
                  site.addresses().of(ctx.channel(), message.headers()));
      address = request.address();
      Answer refused = stranger(request);
      if (refused != null) {
        answer(ctx, refused, head, false);
      } else if (request.path().equals(LIVE)) {
        live(ctx, message, request);
      } else if (request.path().equals(ReplayUpgrade.PATH)) {
        replay(ctx, message, request);
      } else {
        CompletableFuture<Answer> answer = site.routes().answer(request);
        making = request.writes() ? null : answer;
        var _ =
            answer.whenCompleteAsync(
                (done, failed) -> {
                  making = null;
                  if (!answer.isCancelled()) {
                    answer(ctx, done == null ? broken(failed) : done, head, keepAlive);
                  }
                },
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
      early.forEach(ctx.channel().pipeline()::fireChannelRead);
      early.clear();
    }
  }

  private void replay(ChannelHandlerContext ctx, FullHttpRequest message, Request request)
      throws BadRequest {
    Answer refused = site.replays().refusal(request);
    if (refused != null) {
      answer(ctx, refused, HttpMethod.HEAD.equals(request.method()), false);
    } else {
      site.replays().upgrade(ctx, message, request);
      early.forEach(ctx.channel().pipeline()::fireChannelRead);
      early.clear();
    }
  }

  /** Refuses names that are not ours, and pages of others that want to write. */
  private @Nullable Answer stranger(Request request) {
    boolean once = request.headers().getAll(HttpHeaderNames.HOST).size() == 1;
    if (!once || !site.names().serves(request.header("Host"))) {
      site.metrics().rejected("host");
      return Answer.problem(HttpResponseStatus.FORBIDDEN, "this host name is not served here");
    }
    String path = request.path();
    boolean guarded = request.writes() || path.equals(LIVE) || path.equals(ReplayUpgrade.PATH);
    boolean oneOrigin = request.headers().getAll(HttpHeaderNames.ORIGIN).size() <= 1;
    if (guarded && !(oneOrigin && site.names().trusts(request.header("Origin")))) {
      site.metrics().rejected("origin");
      String origin = request.header("Origin");
      site.origins().refused(origin);
      return Answer.problem(
          HttpResponseStatus.FORBIDDEN, "origin-not-allowed", Origins.whatToDo(origin));
    }
    return signedOut(request);
  }

  /** Refuses who must sign in first; on {@code /live} a close code says so. */
  private @Nullable Answer signedOut(Request request) {
    String path = request.path();
    boolean theirs = path.startsWith("/api/") || path.equals(ReplayUpgrade.PATH);
    if (request.login() != null || !theirs || path.equals(SessionApi.PATH)) {
      return null;
    }
    site.metrics().rejected("signed-out");
    return Answer.problem(HttpResponseStatus.UNAUTHORIZED, "sign in first");
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

  private void answer(ChannelHandlerContext ctx, Answer answer, boolean head, boolean asked) {
    boolean endless = answer.body().length() < 0 && !chunks;
    boolean keepAlive = asked && !stopping && !endless;
    AnswersInFlight.Share share = site.answers().take(address, head ? 0 : answer.body().weight());
    if (share == null) {
      site.metrics().rejected("answer-bytes");
      answer(ctx, overfull(), head, asked);
      return;
    }
    write(ctx, answer, head, keepAlive)
        .addListener(
            (ChannelFutureListener)
                written -> {
                  share.giveBack();
                  stream = null;
                  if (!keepAlive || !written.isSuccess()) {
                    LingeringClose.of(ctx);
                  } else {
                    deadline.answered(ctx);
                    busy = false;
                    ctx.channel().config().setAutoRead(true);
                    next(ctx);
                  }
                });
  }

  private ChannelFuture write(
      ChannelHandlerContext ctx, Answer answer, boolean head, boolean keepAlive) {
    ChannelFuture begun = AnswerWriter.write(ctx, answer, head, keepAlive, chunks);
    if (!(answer.body() instanceof Answer.Body.Stream body) || head) {
      return begun;
    }
    AnswerStream writing =
        new AnswerStream(
            ctx, body.pieces(), site.routes().blocking(), () -> deadline.progressed(ctx));
    stream = writing;
    if (!ctx.channel().isActive()) {
      writing.gone();
    }
    return writing.start();
  }

  private static Answer overfull() {
    return Answer.problem(
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            "too much that was asked for is not read yet; read it, or come back")
        .with("Retry-After", "5");
  }
}

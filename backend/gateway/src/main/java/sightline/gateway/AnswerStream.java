package sightline.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.history.HistoryUnavailable;

/**
 * Writes an answer that is made while it is read: the next piece is asked for once the client has
 * room for it, so that one is in memory at a time. Owned by its event loop; the pieces are made on
 * virtual threads, one after the other.
 */
final class AnswerStream {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerStream.class);

  private final ChannelHandlerContext ctx;
  private final Answer.Pieces pieces;
  private final Executor blocking;
  private final Runnable progress;
  private final ChannelPromise done;

  /** Whether a piece is being made. */
  private boolean making;

  private boolean ended;
  private volatile @Nullable Thread maker;
  private volatile boolean gone;

  /**
   * Its head is written already.
   *
   * @param progress run when the client has taken a piece
   */
  AnswerStream(
      ChannelHandlerContext ctx, Answer.Pieces pieces, Executor blocking, Runnable progress) {
    this.ctx = ctx;
    this.pieces = pieces;
    this.blocking = blocking;
    this.progress = progress;
    done = ctx.newPromise();
  }

  /** Begins; what is given is done when the last byte is written, and fails where it was cut. */
  ChannelFuture start() {
    more();
    return done;
  }

  /** The client may have room again. */
  void more() {
    if (making || ended || !ctx.channel().isWritable()) {
      return;
    }
    making = true;
    try {
      blocking.execute(this::make);
    } catch (RejectedExecutionException e) {
      cut(e);
    }
  }

  /** The client has gone: what is being read for it is ended. */
  void gone() {
    gone = true;
    Thread thread = maker;
    if (thread != null) {
      thread.interrupt();
    }
    cut(new IllegalStateException("the client has gone"));
  }

  private void make() {
    maker = Thread.currentThread();
    try {
      Blob piece = gone ? null : pieces.next();
      ctx.executor().execute(() -> made(piece));
    } catch (HistoryUnavailable e) {
      if (!gone) {
        LOG.info("an answer is cut, as history did not answer: {}", e.getMessage());
      }
      ctx.executor().execute(() -> cut(e));
    } catch (Throwable e) {
      LOG.error("an answer failed half-way", e);
      ctx.executor().execute(() -> cut(e));
    } finally {
      maker = null;
    }
  }

  private void made(@Nullable Blob piece) {
    making = false;
    if (ended) {
      return;
    }
    if (piece == null) {
      ended = true;
      var _ = ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT, done);
      return;
    }
    ctx.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(piece.array())))
        .addListener(
            written -> {
              if (written.isSuccess()) {
                progress.run();
              }
            });
    more();
  }

  /** Ends without the last chunk, which a client can't take for the end. */
  private void cut(Throwable cause) {
    if (!ended) {
      ended = true;
      var _ = done.tryFailure(cause);
    }
  }
}

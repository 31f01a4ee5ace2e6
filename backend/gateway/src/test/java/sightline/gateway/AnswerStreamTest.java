package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sightline.history.HistoryUnavailable;

/** P73: an answer that is made while it is read. */
final class AnswerStreamTest {
  private static final int PIECES = 2_592;

  private int made;
  private int taken;

  /** A client that has room for one piece, and then none until it is read. */
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
              if (message instanceof DefaultHttpContent) {
                writable(false);
              }
              var _ = ctx.write(message, promise);
            }
          },
          new ChannelInboundHandlerAdapter());

  private void writable(boolean room) {
    Objects.requireNonNull(channel.unsafe().outboundBuffer()).setUserDefinedWritability(1, room);
    channel.runPendingTasks();
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private AnswerStream stream(Answer.Pieces pieces) {
    return new AnswerStream(channel.pipeline().lastContext(), pieces, Runnable::run, () -> taken++);
  }

  private @Nullable Blob piece() {
    return ++made > PIECES ? null : new Blob(new byte[100]);
  }

  /** A month of a device at 1 Hz, in pages of 1,000, takes as much memory as an hour. */
  @Test
  void oneMorePieceIsMadeForEachThatIsReadAndNoneAhead() {
    AnswerStream stream = stream(this::piece);
    ChannelFuture done = stream.start();
    channel.runPendingTasks();
    for (int read = 1; read <= PIECES; read++) {
      assertEquals(read, made, "pieces made for a client that has read " + (read - 1));
      assertEquals(read, taken);
      assertFalse(done.isDone());
      writable(true);
      stream.more();
      channel.runPendingTasks();
    }
    assertTrue(done.isSuccess());
    @Nullable Object last = null;
    for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      last = out;
    }
    assertEquals(LastHttpContent.EMPTY_LAST_CONTENT, last);
  }

  @Test
  void whatFailsHalfWayHasNoLastChunk() {
    AnswerStream stream =
        stream(
            () -> {
              if (++made > 1) {
                throw new HistoryUnavailable("away", new IllegalStateException());
              }
              return new Blob(new byte[100]);
            });
    ChannelFuture done = stream.start();
    channel.runPendingTasks();
    writable(true);
    stream.more();
    channel.runPendingTasks();
    assertTrue(done.isDone() && !done.isSuccess());
    Object out = channel.readOutbound();
    assertFalse(out instanceof LastHttpContent);
    assertNull(channel.<Object>readOutbound());
  }

  @Test
  void nothingIsMadeForAClientThatHasGone() {
    AnswerStream stream = stream(this::piece);
    ChannelFuture done = stream.start();
    channel.runPendingTasks();
    stream.gone();
    writable(true);
    stream.more();
    channel.runPendingTasks();
    assertEquals(1, made);
    assertTrue(done.isDone() && !done.isSuccess());
  }
}

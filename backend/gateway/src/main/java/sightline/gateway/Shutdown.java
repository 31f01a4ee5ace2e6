package sightline.gateway;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import sightline.protocol.CloseCode;
import sightline.protocol.ServerMessage;

/**
 * Lets browsers go, spread out, each told when to come back. Where others can take them, each stays
 * live until its own moment; else all are told at once to come back later. The closing thread's.
 */
final class Shutdown {
  private static final long LEAST_SPREAD_MILLIS = 5_000;
  private static final long MOST_SPREAD_MILLIS = 20_000;

  /** What a gateway that was just started can take beside its own browsers, on a busy machine. */
  private static final long BROWSERS_A_MILLI = 1;

  private static final long WAIT_MILLIS = 2_000;

  /** On its way to another gateway: with this its picture is old for well under 2 s. */
  private static final long MOVE_MILLIS = 500;

  private final List<LoopFanout> loops;
  private final ChannelGroup http;
  private final RandomGenerator random;

  /**
   * For one gateway.
   *
   * @param http connections that speak HTTP
   */
  Shutdown(List<LoopFanout> loops, ChannelGroup http, RandomGenerator random) {
    this.loops = loops;
    this.http = http;
    this.random = random;
  }

  /**
   * Returns when all have gone, or a moment after they should have.
   *
   * @param othersTakeThem whether who comes back meets another gateway
   */
  void sayAndWait(boolean othersTakeThem) {
    long spread = spreadMillis(browsers());
    List<CompletableFuture<Void>> gone = new ArrayList<>();
    for (LoopFanout loop : loops) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      gone.add(done);
      loop.run(() -> letGo(loop, done, othersTakeThem, spread), () -> done.complete(null));
    }
    try {
      CompletableFuture.allOf(gone.toArray(CompletableFuture[]::new))
          .get(WAIT_MILLIS + (othersTakeThem ? spread : 0), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // They are closed without having said goodbye.
    }
  }

  private int browsers() {
    List<CompletableFuture<Integer>> sizes = new ArrayList<>();
    for (LoopFanout loop : loops) {
      CompletableFuture<Integer> size = new CompletableFuture<>();
      sizes.add(size.completeOnTimeout(0, WAIT_MILLIS, TimeUnit.MILLISECONDS));
      loop.run(() -> size.complete(loop.size()), () -> size.complete(0));
    }
    return sizes.stream().mapToInt(CompletableFuture::join).sum();
  }

  /** Over how long so many are let go. */
  static long spreadMillis(int browsers) {
    return Math.clamp(browsers / BROWSERS_A_MILLI, LEAST_SPREAD_MILLIS, MOST_SPREAD_MILLIS);
  }

  private void letGo(
      LoopFanout loop, CompletableFuture<Void> done, boolean othersTakeThem, long spread) {
    List<CompletableFuture<Void>> gone = new ArrayList<>();
    // What a proxy keeps open would bring new browsers here. A connection that was accepted last
    // is of its loop before this runs.
    for (Channel channel : http) {
      if (loop.has(channel)) {
        channel.pipeline().fireUserEventTriggered(HttpFront.Stopping.NOW);
      }
    }
    for (LiveSession session : loop.sessions()) {
      long moment = random.nextLong(spread);
      if (othersTakeThem) {
        loop.later(() -> say(session, random.nextLong(MOVE_MILLIS)), moment);
      } else {
        say(session, moment);
      }
      gone.add(session.whenGone());
    }
    var _ =
        CompletableFuture.allOf(gone.toArray(CompletableFuture[]::new))
            .whenComplete((nothing, failed) -> done.complete(null));
  }

  private static void say(LiveSession session, long after) {
    session.sayNow(new ServerMessage.Reconnect(after, CloseCode.SHUTDOWN.reason()));
    session.close(CloseCode.SHUTDOWN);
  }
}

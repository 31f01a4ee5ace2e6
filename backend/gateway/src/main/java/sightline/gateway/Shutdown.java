package sightline.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import sightline.protocol.CloseCode;
import sightline.protocol.ServerMessage;

/** Tells every browser when to come back, spread out, and says goodbye. The closing thread's. */
final class Shutdown {
  private static final long SPREAD_MILLIS = 5_000;
  private static final long WAIT_MILLIS = 2_000;

  private final List<LoopFanout> loops;
  private final RandomGenerator random;

  Shutdown(List<LoopFanout> loops, RandomGenerator random) {
    this.loops = loops;
    this.random = random;
  }

  /** Returns when all have gone, or after a moment. */
  void sayAndWait() {
    List<CompletableFuture<Void>> said = new ArrayList<>();
    for (LoopFanout loop : loops) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      said.add(done);
      loop.run(() -> say(loop, done), () -> done.complete(null));
    }
    try {
      CompletableFuture.allOf(said.toArray(CompletableFuture[]::new))
          .get(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // They are closed without having said goodbye.
    }
  }

  private void say(LoopFanout loop, CompletableFuture<Void> done) {
    List<CompletableFuture<Void>> gone = new ArrayList<>();
    for (LiveSession session : loop.sessions()) {
      long after = random.nextLong(SPREAD_MILLIS);
      session.sayNow(new ServerMessage.Reconnect(after, CloseCode.SHUTDOWN.reason()));
      session.close(CloseCode.SHUTDOWN);
      gone.add(session.whenGone());
    }
    var _ =
        CompletableFuture.allOf(gone.toArray(CompletableFuture[]::new))
            .whenComplete((nothing, failed) -> done.complete(null));
  }
}

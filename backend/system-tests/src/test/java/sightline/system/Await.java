package sightline.system;

import java.time.Duration;
import java.util.function.Supplier;

/** Waits for a condition, with a deadline. */
final class Await {
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final long POLL_MILLIS = 20;

  private Await() {}

  /** A condition that may fail while it is being asked. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Returns once it holds; fails with what was to be seen, and what was instead. */
  static void until(String what, Condition condition, Supplier<String> instead) throws Exception {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited " + DEADLINE + " until " + what + "; " + instead.get());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  static void until(String what, Condition condition) throws Exception {
    until(what, condition, () -> "it was not so");
  }
}

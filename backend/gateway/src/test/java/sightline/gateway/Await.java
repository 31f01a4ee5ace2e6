package sightline.gateway;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition with a deadline. Any thread. */
final class Await {
  private static final long SECONDS = 15;

  private Await() {}

  static void until(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("it did not come true within " + SECONDS + " s");
      }
      LockSupport.parkNanos(2_000_000);
    }
  }
}

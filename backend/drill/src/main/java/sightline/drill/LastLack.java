package sightline.drill;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Looks, from its making until it is closed, whether something holds, and keeps when it last did
 * not. A timer looks; any thread asks and closes.
 */
final class LastLack implements AutoCloseable {
  private static final long POLL_MILLIS = 10;

  private final Future<?> looking;
  private volatile long lackedNanos = System.nanoTime();

  /** Begins to look; what is asked must be for any thread. */
  LastLack(ScheduledExecutorService timer, BooleanSupplier holds) {
    looking =
        timer.scheduleWithFixedDelay(
            () -> {
              if (!holds.getAsBoolean()) {
                lackedNanos = System.nanoTime();
              }
            },
            0,
            POLL_MILLIS,
            TimeUnit.MILLISECONDS);
  }

  /** When it last did not hold, or when looking began, monotonic ns. */
  long nanos() {
    return lackedNanos;
  }

  @Override
  public void close() {
    looking.cancel(false);
  }
}

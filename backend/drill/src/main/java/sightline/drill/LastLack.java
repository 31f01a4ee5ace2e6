package sightline.drill;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Looks, from its making until it is closed, whether something holds, and keeps when it last did
 * not. Its own thread looks; another asks and closes.
 */
final class LastLack implements AutoCloseable {
  private static final long POLL_NANOS = 10_000_000;

  private final BooleanSupplier holds;
  private final Thread thread;
  private volatile long lackedNanos = System.nanoTime();
  private volatile boolean closed;

  private LastLack(BooleanSupplier holds) {
    this.holds = holds;
    thread = Thread.ofPlatform().name("last-lack").daemon().unstarted(this::run);
  }

  /** Begins to look; what is asked must be for any thread. */
  static LastLack of(BooleanSupplier holds) {
    LastLack lack = new LastLack(holds);
    lack.thread.start();
    return lack;
  }

  /** When it last did not hold, or when looking began, monotonic ns. */
  long nanos() {
    return lackedNanos;
  }

  private void run() {
    while (!closed) {
      if (!holds.getAsBoolean()) {
        lackedNanos = System.nanoTime();
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}

package sightline.gateway;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import sightline.time.RoleClock;

/**
 * Ends a gateway whose hub or event loop does not move any more, so that it is started again. Its
 * own thread's.
 */
final class Watchdog {
  static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** After a longer time between two looks it is the process that stood still, not a part of it. */
  private static final long PAUSED_NANOS = 4 * EVERY_NANOS;

  private final OwnLag lag;
  private final RoleClock clock;
  private final Consumer<Throwable> onStuck;
  private final Thread thread;
  private volatile boolean closed;
  private long lookedNanos;

  Watchdog(OwnLag lag, RoleClock clock, Consumer<Throwable> onStuck) {
    this.lag = lag;
    this.clock = clock;
    this.onStuck = onStuck;
    lookedNanos = clock.nanos();
    thread = new Thread(this::run, "gateway-watchdog");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    boolean well = true;
    while (!closed && well) {
      LockSupport.parkNanos(this, EVERY_NANOS);
      well = closed || look();
    }
  }

  /** Looks once; false where it has found something stuck, and said so. */
  boolean look() {
    long now = clock.nanos();
    boolean paused = now - lookedNanos > PAUSED_NANOS;
    lookedNanos = now;
    long stuck = lag.stuckNanos(now);
    if (paused || stuck < STUCK_NANOS) {
      return true;
    }
    onStuck.accept(
        new IllegalStateException(
            "the hub or an event loop has not moved for "
                + TimeUnit.NANOSECONDS.toSeconds(stuck)
                + " s"));
    return false;
  }
}

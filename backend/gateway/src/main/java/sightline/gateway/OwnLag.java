package sightline.gateway;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import sightline.time.RoleClock;

/**
 * Whether this gateway itself makes the picture old: its hub or an event loop lags, or all of it
 * stood still, in a collection or as a stopped process. Any thread; each part tells its own
 * moments.
 */
final class OwnLag {
  /** Who is later than this is late; told in the loops' next tick, within the 2 s of G3. */
  static final long LATE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** So long at least a pause is told, so that each loop has ticked. */
  static final long TOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** Who hears nothing for so long after a pause blames somebody else. */
  static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1_500);

  private final RoleClock clock;
  private final AtomicLongArray loops;
  private volatile LongSupplier oldestNanos = () -> 0;
  private volatile boolean started;
  private volatile long hubNanos;
  private volatile boolean paused;
  private volatile long pausedNanos;
  private volatile boolean heardSince;

  OwnLag(RoleClock clock, int eventLoops) {
    this.clock = clock;
    loops = new AtomicLongArray(eventLoops);
  }

  /**
   * Begins to look.
   *
   * @param oldest when the oldest message that waits for the hub came, monotonic ns; 0 for none
   */
  void start(LongSupplier oldest) {
    long now = clock.nanos();
    oldestNanos = oldest;
    hubNanos = now;
    for (int i = 0; i < loops.length(); i++) {
      loops.set(i, now);
    }
    started = true;
  }

  /** The hub: it begins a step, several a second. */
  void hubSteps(long now) {
    if (now - hubNanos > LATE_NANOS) {
      pauseEnds(now);
    }
    hubNanos = now;
  }

  /** The hub: it has taken something from the bus. */
  void heard() {
    heardSince = true;
  }

  /** An event loop: it ticks. */
  void loopTicks(int loop, long now) {
    if (now - loops.get(loop) > LATE_NANOS) {
      pauseEnds(now);
    }
    loops.set(loop, now);
  }

  private void pauseEnds(long now) {
    if (started) {
      heardSince = false;
      pausedNanos = now;
      paused = true;
    }
  }

  /** Whether the picture may be old through our own fault. */
  boolean late() {
    long now = clock.nanos();
    return started && (lagNanos(now) > LATE_NANOS || pauseLasts(now));
  }

  private boolean pauseLasts(long now) {
    if (!paused) {
      return false;
    }
    long since = now - pausedNanos;
    if (since >= PAUSE_NANOS || (heardSince && since >= TOLD_NANOS)) {
      paused = false;
    }
    return paused;
  }

  /** How far the hub, a loop or what waits for the hub is behind, ns. */
  long lagNanos(long now) {
    long oldest = oldestNanos.getAsLong();
    long lag = Math.max(stuckNanos(now), oldest == 0 ? 0 : now - oldest);
    return started ? Math.max(0, lag) : 0;
  }

  /** How long the hub or a loop has not moved, ns. */
  long stuckNanos(long now) {
    long stuck = now - hubNanos;
    for (int i = 0; i < loops.length(); i++) {
      stuck = Math.max(stuck, now - loops.get(i));
    }
    return started ? stuck : 0;
  }
}

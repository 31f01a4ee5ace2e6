package sightline.gateway;

import java.util.concurrent.TimeUnit;

/**
 * A count of what another part loses, as that part says it, and whether it has grown lately. The
 * hub's thread hears; any may ask.
 */
final class Losses {
  private static final long LATELY_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long UNHEARD = -1;

  private volatile long count = UNHEARD;
  private volatile long grownNanos;
  private volatile boolean grown;

  /** The count now; one that is smaller than before is of a part that has started again. */
  void heard(long now, long nowNanos) {
    long before = count;
    if (before != UNHEARD && now > (now < before ? 0 : before)) {
      grownNanos = nowNanos;
      grown = true;
    }
    count = now;
  }

  /** 0 where nothing was heard. */
  long count() {
    return Math.max(0, count);
  }

  /** Whether it has grown within the last minute. */
  boolean lately(long nowNanos) {
    return grown && nowNanos - grownNanos < LATELY_NANOS;
  }
}

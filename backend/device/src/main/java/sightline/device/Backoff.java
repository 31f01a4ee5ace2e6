package sightline.device;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to connect: anything from 0 to 5 s, and once it has been
 * away for longer than 10 s, to half as long as that, at most 30 s. So a fleet never comes back at
 * one instant, and is back soon after a short outage however many attempts fell into it. Owned by
 * the device thread.
 */
final class Backoff {
  private static final long LEAST_NANOS = Duration.ofSeconds(5).toNanos();
  private static final long MOST_NANOS = Duration.ofSeconds(30).toNanos();

  private final RandomGenerator random;
  private final LongSupplier nanos;
  private boolean away;
  private long awaySince;

  /**
   * As of now it is connected.
   *
   * @param nanos a monotonic clock, ns
   */
  Backoff(RandomGenerator random, LongSupplier nanos) {
    this.random = random;
    this.nanos = nanos;
  }

  /** The delay before the next attempt; the first call after a reset begins the time away. */
  Duration next() {
    long now = nanos.getAsLong();
    if (!away) {
      away = true;
      awaySince = now;
    }
    long window = Math.min(Math.max((now - awaySince) / 2, LEAST_NANOS), MOST_NANOS);
    return Duration.ofNanos((long) (random.nextDouble() * window));
  }

  /** The broker serves it: the next loss starts from 5 s again. */
  void reset() {
    away = false;
  }
}

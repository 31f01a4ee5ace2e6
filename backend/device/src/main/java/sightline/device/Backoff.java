package sightline.device;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt to connect: anything from 0 to 5 s, and after 4 failures
 * in a row to 10, 20 and at most 30 s, so that a fleet never comes back at one instant. Owned by
 * the device thread.
 */
final class Backoff {
  private static final Duration FIRST_MAX = Duration.ofSeconds(5);
  private static final Duration LAST_MAX = Duration.ofSeconds(30);
  private static final int PATIENT_FAILURES = 4;

  private final RandomGenerator random;
  private int failures;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The delay before the next attempt, uniform between 0 and {@link #max}. */
  Duration next() {
    Duration delay = Duration.ofNanos((long) (random.nextDouble() * max().toNanos()));
    failures++;
    return delay;
  }

  /** The most that the next delay can be. */
  Duration max() {
    int doublings = Math.max(0, failures - PATIENT_FAILURES);
    Duration grown = FIRST_MAX.multipliedBy(1L << Math.min(doublings, 10));
    return grown.compareTo(LAST_MAX) < 0 ? grown : LAST_MAX;
  }

  /** It is connected: the next loss starts from 5 s again. */
  void reset() {
    failures = 0;
  }
}

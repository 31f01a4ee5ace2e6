package sightline.drill;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Notes when a browser first shows a position that was taken after the system was started again.
 * For any thread; its lock is itself.
 */
final class Freshness {
  private static final long NONE = -1;

  @GuardedBy("this")
  private long sinceMillis = Long.MAX_VALUE;

  @GuardedBy("this")
  private long startedNanos;

  @GuardedBy("this")
  private long recoveredNanos = NONE;

  /** From now on positions of now or later are fresh. */
  synchronized void startedAgain(long millis, long nanos) {
    sinceMillis = millis;
    startedNanos = nanos;
    recoveredNanos = NONE;
  }

  /** Whether nothing fresh was shown since the last start. */
  synchronized boolean isAwaited() {
    return sinceMillis != Long.MAX_VALUE && recoveredNanos == NONE;
  }

  /** A browser shows a position of this time (epoch ms). */
  synchronized void shown(long positionMillis, long nanos) {
    if (positionMillis >= sinceMillis && recoveredNanos == NONE) {
      recoveredNanos = nanos - startedNanos;
    }
  }

  /** How long it took since the last start, in nanoseconds; empty while nothing is fresh. */
  synchronized OptionalLong recovered() {
    return recoveredNanos == NONE ? OptionalLong.empty() : OptionalLong.of(recoveredNanos);
  }

  /** How long ago the last start was, in nanoseconds. */
  synchronized long sinceStart(long nanos) {
    return nanos - startedNanos;
  }

  /** A time in seconds, for people. */
  static String seconds(long nanos) {
    return "%.2f s".formatted(nanos / (double) Duration.ofSeconds(1).toNanos());
  }
}

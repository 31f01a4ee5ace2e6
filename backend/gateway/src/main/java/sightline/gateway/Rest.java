package sightline.gateway;

import java.time.Duration;

/**
 * How long the hub rests from one turn to the next: as long as the last one took, within bounds, so
 * that a busy gateway spends at most about half of its time on turns until the bound is reached,
 * and a lone update leaves at once. Owned by the hub's thread.
 */
final class Rest {
  private final long minNanos;
  private final long maxNanos;

  Rest(Duration min, Duration max) {
    minNanos = min.toNanos();
    maxNanos = max.toNanos();
  }

  /**
   * What is left of the rest, ns.
   *
   * @param begun when the last turn began
   * @param issued when its last write was issued
   */
  long left(long now, long begun, long issued) {
    long took = Math.max(0, issued - begun);
    return issued + Math.clamp(took, minNanos, maxNanos) - now;
  }
}

package sightline.gateway;

import java.time.Duration;

/**
 * How far a browser's drawing is behind what it was sent. One that never says what it has drawn is
 * never behind. Owned by the browser's event loop.
 */
final class Pace {
  private final long lagNanos;
  private boolean reports;
  private long sent;
  private long drawn;

  /** The update whose drawing is awaited, and since when; 0 for none. */
  private long awaited;

  private long awaitedSinceNanos;

  Pace(Duration lag) {
    lagNanos = lag.toNanos();
  }

  void sent(long n, long nowNanos) {
    sent = n;
    if (awaited == 0) {
      awaited = n;
      awaitedSinceNanos = nowNanos;
    }
  }

  void drawn(long n, long nowNanos) {
    reports = true;
    drawn = Math.max(drawn, n);
    if (drawn >= sent) {
      awaited = 0;
    } else if (drawn >= awaited) {
      awaited = sent;
      awaitedSinceNanos = nowNanos;
    }
  }

  boolean behind(long nowNanos) {
    return reports && awaited != 0 && nowNanos - awaitedSinceNanos > lagNanos;
  }
}

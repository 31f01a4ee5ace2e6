package sightline.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;

/** Lets through a rate with a burst. Any thread, under its own lock. */
final class TokenBucket {
  private final double perNano;
  private final double burst;

  @GuardedBy("this")
  private double tokens;

  @GuardedBy("this")
  private long lastNanos;

  TokenBucket(double perSecond, double burst, long nowNanos) {
    this.perNano = perSecond / 1e9;
    this.burst = burst;
    this.tokens = burst;
    this.lastNanos = nowNanos;
  }

  /** Takes one token, if there is one. */
  synchronized boolean take(long nowNanos) {
    tokens = Math.min(burst, tokens + (nowNanos - lastNanos) * perNano);
    lastNanos = nowNanos;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}

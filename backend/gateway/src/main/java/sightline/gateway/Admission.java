package sightline.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.random.RandomGenerator;

/**
 * Admits browsers at a bounded rate, and tells those it refuses when to come back: later, and
 * spread wider, the more it has refused lately. Any thread.
 */
final class Admission {
  private static final long MAX_DELAY_MILLIS = 30_000;

  private final TokenBucket connects;
  private final TokenBucket refusals;
  private final double connectsPerMilli;
  private final RandomGenerator random;

  /** Refusals that still wait to come back, and when that was last worn down. */
  @GuardedBy("this")
  private double waiting;

  @GuardedBy("this")
  private long wornNanos;

  /** What a newcomer meets. */
  enum Verdict {
    ADMIT,
    COME_BACK,
    CLOSE
  }

  Admission(AdmissionSettings settings, RandomGenerator random, long nowNanos) {
    connects = new TokenBucket(settings.connectsPerSecond(), settings.connectBurst(), nowNanos);
    refusals = new TokenBucket(settings.refusalsPerSecond(), settings.refusalBurst(), nowNanos);
    connectsPerMilli = settings.connectsPerSecond() / 1e3;
    this.random = random;
    wornNanos = nowNanos;
  }

  Verdict admit(long nowNanos) {
    if (connects.take(nowNanos)) {
      return Verdict.ADMIT;
    }
    return refusals.take(nowNanos) ? Verdict.COME_BACK : Verdict.CLOSE;
  }

  /** When a refused browser is to come back, ms: full jitter over what the queue would take. */
  synchronized long comeBackMillis(long nowNanos) {
    waiting = Math.max(0, waiting - (nowNanos - wornNanos) / 1e6 * connectsPerMilli) + 1;
    wornNanos = nowNanos;
    long window = Math.min(MAX_DELAY_MILLIS, 1_000 + (long) (2 * waiting / connectsPerMilli));
    return 250 + random.nextLong(window);
  }
}

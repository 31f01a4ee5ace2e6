package sightline.time;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * How something that is away is tried again, and what is said of it: pauses grow with the outage
 * and are jittered, and a change is one line, not each attempt. Owned by one thread.
 *
 * <p>A pause is a quarter of the outage so far at most, so that a short one is over at once and a
 * long one costs little. What comes and goes within seconds is one outage.
 */
public final class Outage {
  private static final long SHORTEST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int SHARE = 4;

  /** Who was back for less than this was not back. */
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Of something that comes and goes, one line of each kind in so long. */
  private static final long SAID_FOR_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final LongSupplier nanos;
  private final DoubleSupplier random;
  private final long longestNanos;
  private boolean away;
  private boolean saidAway;
  private boolean everSaid;
  private long saidNanos;
  private long sinceNanos;
  private long backNanos;
  private boolean wasBack;

  /**
   * Nothing is away yet.
   *
   * @param nanos monotonic
   * @param random from 0 to below 1
   * @param longest pause
   */
  public Outage(LongSupplier nanos, DoubleSupplier random, Duration longest) {
    this.nanos = nanos;
    this.random = random;
    this.longestNanos = longest.toNanos();
  }

  /** An attempt has failed, or what stood was lost; gives whether to say so. */
  public boolean failed() {
    long now = nanos.getAsLong();
    if (!away) {
      away = true;
      if (!wasBack || now - backNanos >= SETTLED_NANOS) {
        sinceNanos = now;
      }
    }
    if (saidAway || (everSaid && now - saidNanos < SAID_FOR_NANOS)) {
      return false;
    }
    saidAway = true;
    everSaid = true;
    saidNanos = now;
    return true;
  }

  /** It is there (again); gives whether to say so. */
  public boolean succeeded() {
    boolean news = saidAway || !wasBack;
    if (!wasBack && !away) {
      sinceNanos = nanos.getAsLong();
    }
    away = false;
    saidAway = false;
    wasBack = true;
    backNanos = nanos.getAsLong();
    return news;
  }

  /** How long to wait before the next attempt. */
  public Duration pause() {
    long soFar = away || wasBack ? nanos.getAsLong() - sinceNanos : 0;
    long ceiling = Math.clamp(soFar / SHARE, SHORTEST_NANOS, longestNanos);
    return Duration.ofNanos((long) (ceiling * (1 + random.getAsDouble()) / 2));
  }
}

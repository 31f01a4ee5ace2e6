package sightline.redis;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.bus.BusUnavailable;

/**
 * The lease that lets one bridge be the active one: renewed by its holder, gone where it has not
 * been for {@code leaseFor}. Owned by one thread; {@link #holds} may be asked by any.
 *
 * <p>A lease that vanishes before its time was lost by Redis, and not by its holder, who makes it
 * again; so a standby takes one only once its time is up, it was given up, or nobody made it again.
 */
public final class RedisLease {
  private static final long LOST_NANOS = Duration.ofMillis(2_500).toNanos();

  private final String owner;
  private final Duration leaseFor;
  private final Keys keys;
  private final RedisLink redis;

  /** When the lease of another that was seen last runs out, by the monotonic clock. */
  private long heldUntilNanos = Long.MIN_VALUE;

  /** Since when it is gone before its time, or Redis was away. */
  private long goneNanos = Long.MIN_VALUE;

  private boolean seen;

  RedisLease(String owner, Duration leaseFor, Keys keys, RedisLink redis) {
    this.owner = owner;
    this.leaseFor = leaseFor;
    this.keys = keys;
    this.redis = redis;
  }

  /**
   * Takes it where it is free.
   *
   * @param above the fence that the token must be above
   * @return the token, or null where another bridge has it
   * @throws BusUnavailable where Redis does not answer
   */
  public @Nullable Long take(long above) {
    List<?> answer;
    try {
      answer =
          redis.list(
              Script.LEASE_TAKE,
              new byte[][] {keys.lease, keys.token, keys.head},
              Keys.bytes(owner),
              Keys.bytes(leaseFor.toMillis()),
              Keys.bytes(above),
              Keys.bytes(goneIsFree() ? 1 : 0));
    } catch (BusUnavailable e) {
      // Its holder may only have been cut off as this one is.
      goneNanos = seen ? System.nanoTime() : goneNanos;
      heldUntilNanos = seen ? Long.MAX_VALUE : heldUntilNanos;
      throw e;
    }
    if ((Long) answer.get(0) == 1) {
      return Keys.number(answer.get(1));
    }
    long left = (Long) answer.get(1);
    long now = System.nanoTime();
    if (left >= 0) {
      seen = true;
      heldUntilNanos = now + Duration.ofMillis(left).toNanos();
      goneNanos = Long.MIN_VALUE;
    } else if (goneNanos == Long.MIN_VALUE) {
      goneNanos = now;
    }
    return null;
  }

  private boolean goneIsFree() {
    long now = System.nanoTime();
    boolean lapsed = heldUntilNanos != Long.MAX_VALUE && now - heldUntilNanos >= 0;
    boolean longGone = goneNanos != Long.MIN_VALUE && now - goneNanos >= LOST_NANOS;
    return !seen || lapsed || longGone;
  }

  /**
   * Keeps it alive, and makes it again where Redis lost it.
   *
   * @return whether it is still this one's; once not, never again under this token
   * @throws BusUnavailable where Redis does not answer
   */
  public boolean holds(long token) {
    return redis.number(
            Script.LEASE_RENEW,
            new byte[][] {keys.lease, keys.token, keys.head},
            Keys.bytes(owner),
            Keys.bytes(leaseFor.toMillis()),
            Keys.bytes(token))
        == 1;
  }

  /** Gives it up, so that a standby takes it at once. */
  public void release(long token) {
    String _ =
        redis.text(
            Script.LEASE_RELEASE,
            new byte[][] {keys.lease},
            Keys.bytes(owner),
            Keys.bytes(token),
            Keys.bytes(leaseFor.multipliedBy(3).toMillis()));
  }
}

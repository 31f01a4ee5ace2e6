package sightline.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashMap;
import java.util.Map;
import sightline.time.RoleClock;

/**
 * How many wrong tokens an address may try: a few at once, then one a second. Any thread. Bounded:
 * the address that has been silent for longest is forgotten.
 */
final class WrongTokens {
  static final int MOST_ADDRESSES = 4_096;
  static final int AT_ONCE = 10;
  private static final int A_SECOND = 1;

  private final RoleClock clock;

  @GuardedBy("this")
  private final Map<String, TokenBucket> byAddress =
      new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true);

  WrongTokens(RoleClock clock) {
    this.clock = clock;
  }

  /** Counts one more; gives whether the address may go on trying. */
  synchronized boolean take(String address) {
    long now = clock.nanos();
    TokenBucket bucket = byAddress.get(address);
    if (bucket == null) {
      bucket = new TokenBucket(A_SECOND, AT_ONCE, now);
      byAddress.put(address, bucket);
      if (byAddress.size() > MOST_ADDRESSES) {
        byAddress.remove(byAddress.keySet().iterator().next());
      }
    }
    return bucket.take(now);
  }

  synchronized int size() {
    return byAddress.size();
  }
}

package sightline.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Shares the hub's time out among those who ask it for pictures: a part for each browser and for
 * each address, so that who asks without end waits for nobody but itself. Owned by the hub's
 * thread.
 */
final class HubTime {
  /** Of one browser: 50 ms a second, and half a second at once. */
  static final double BROWSER_SHARE = 0.05;

  static final long BROWSER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Of all browsers of one address, for subscriptions: a control room may share one. */
  static final double ADDRESS_SHARE = 0.125;

  static final long ADDRESS_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final GatewayMetrics metrics;
  private final Map<String, Credit> addresses = new HashMap<>();

  HubTime(GatewayMetrics metrics) {
    this.metrics = metrics;
  }

  /** Whether a browser may have a new picture now. */
  boolean mayHavePicture(LiveSession session, long now) {
    boolean may = mayCatchUp(session, now);
    Credit address = addresses.get(session.address());
    return may && (address == null || address.has(now));
  }

  /** Whether a browser may be told what it missed now. */
  boolean mayCatchUp(LiveSession session, long now) {
    return session.hubCredit.has(now);
  }

  void pictureTook(LiveSession session, long nanos, long now) {
    catchUpTook(session, nanos);
    addresses
        .computeIfAbsent(session.address(), any -> new Credit(ADDRESS_SHARE, ADDRESS_NANOS, now))
        .spend(nanos);
  }

  void catchUpTook(LiveSession session, long nanos) {
    session.hubCredit.spend(nanos);
    metrics.hubForBrowsers.increment(nanos / 1e9);
  }

  /** Forgets the addresses that have all their credit again. */
  void prune(long now) {
    addresses.values().removeIf(credit -> credit.full(now));
  }

  /** How many addresses have less than all. */
  int size() {
    return addresses.size();
  }
}

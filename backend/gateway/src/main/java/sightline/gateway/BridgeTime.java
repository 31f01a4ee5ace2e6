package sightline.gateway;

import java.util.concurrent.TimeUnit;
import sightline.time.RoleClock;

/**
 * The bridge's wall time, which stamped when a device was seen: silence is judged by it, so that a
 * step of this machine's clock, or a difference between two machines', makes nobody stale or fresh.
 * Owned by the hub's thread.
 */
final class BridgeTime {
  private final RoleClock clock;
  private long millis;
  private long atNanos;

  BridgeTime(RoleClock clock) {
    this.clock = clock;
  }

  /** The bridge said so just now, epoch ms; 0: it does not say. */
  void heard(long bridgeMillis) {
    millis = bridgeMillis;
    atNanos = clock.nanos();
  }

  /** Epoch ms; this machine's own time until the bridge was heard. */
  long millis() {
    return millis == 0
        ? clock.millis()
        : millis + TimeUnit.NANOSECONDS.toMillis(clock.nanos() - atNanos);
  }
}

package sightline.protocol;

import java.time.Duration;

/**
 * When a device counts as stale or moving; the settings of one kind of device. Immutable.
 *
 * @param staleAfter silence for at least this long is needed
 * @param staleIntervals and for this many of the device's usual intervals
 * @param movingMps faster than this is moving, metres per second
 */
public record StateRule(Duration staleAfter, double staleIntervals, double movingMps) {
  /** The rule where nothing else is set. */
  public static final StateRule DEFAULT = new StateRule(Duration.ofSeconds(30), 3, 1);

  /**
   * How long a device may be silent before it is stale, ms.
   *
   * @param usualIntervalMillis the moving mean of the gaps between its publishes; 0 where unknown
   */
  public long staleAfterMillis(long usualIntervalMillis) {
    return Math.max(staleAfter.toMillis(), (long) (staleIntervals * usualIntervalMillis));
  }

  /**
   * The state of a device.
   *
   * @param online its status
   * @param silentMillis since its last publish, ms
   * @param usualIntervalMillis as above
   * @param speedMps its newest speed, or NaN
   */
  public DeviceState state(
      boolean online, long silentMillis, long usualIntervalMillis, double speedMps) {
    if (!online) {
      return DeviceState.OFFLINE;
    }
    if (silentMillis > staleAfterMillis(usualIntervalMillis)) {
      return DeviceState.STALE;
    }
    return speedMps > movingMps ? DeviceState.MOVING : DeviceState.STOPPED;
  }
}

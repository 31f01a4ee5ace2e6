package sightline.bridge;

import java.time.Duration;
import sightline.protocol.Limits;

/**
 * Whether a device's time can be believed. More than 60 s ahead can't be; nor can a time from
 * before what any device buffers. Everything between may be a buffer and is left as it is, however
 * it arrives. Stateless.
 */
final class ClockSkew {
  private static final long AHEAD_MILLIS = Limits.MAX_CLOCK_AHEAD.toMillis();

  /** No device keeps positions for longer: such a time is a clock that lost its date. */
  private static final long OLDEST_MILLIS = Duration.ofDays(400).toMillis();

  private ClockSkew() {}

  static boolean skewed(long timestamp, long received) {
    return timestamp - received > AHEAD_MILLIS || received - timestamp > OLDEST_MILLIS;
  }
}

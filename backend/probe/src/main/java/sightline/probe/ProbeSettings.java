package sightline.probe;

import java.time.Duration;

/**
 * Settings of the probe. Immutable.
 *
 * @param name names it among several: its device is {@code _sightline-probe-NAME}
 * @param interval from one measurement to the next; 0 turns it off
 * @param within what takes longer has failed
 * @param keep measurements that are kept for {@code /api/v1/health/latency}
 */
public record ProbeSettings(String name, Duration interval, Duration within, int keep) {
  /** Twice a minute, for a day. */
  public static final ProbeSettings DEFAULT =
      new ProbeSettings("1", Duration.ofSeconds(30), Duration.ofSeconds(5), 2_880);

  /** Checks every field. */
  public ProbeSettings {
    if (!name.matches("[A-Za-z0-9_-]{1,32}")) {
      throw new IllegalArgumentException("name must match [A-Za-z0-9_-]{1,32}");
    }
    if (interval.isNegative() || interval.toDays() > 1) {
      throw new IllegalArgumentException("interval must be from 0s to 1d");
    }
    if (within.toMillis() < 100 || within.toSeconds() > 60) {
      throw new IllegalArgumentException("within must be from 100ms to 60s");
    }
    if (keep < 1 || keep > 100_000) {
      throw new IllegalArgumentException("keep must be from 1 to 100000, not " + keep);
    }
  }

  /** The same with another interval. */
  public ProbeSettings every(Duration newInterval) {
    return new ProbeSettings(name, newInterval, within, keep);
  }

  /** The id of its device. */
  public String device() {
    return "_sightline-probe-" + name;
  }
}

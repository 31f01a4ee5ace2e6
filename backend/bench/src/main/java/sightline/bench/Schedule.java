package sightline.bench;

import java.util.concurrent.TimeUnit;

/**
 * When each device sends, fixed before the run: device d sends its k-th position at {@code start +
 * k·interval + d·interval/devices}, and the position's timestamp is that moment. Immutable.
 */
final class Schedule {
  /** The sequence of a timestamp from before the start. */
  static final int EARLIER = -1;

  /** The sequence of a timestamp that this schedule never gives to that device. */
  static final int UNKNOWN = -2;

  private final int devices;
  private final long intervalNanos;
  private final long startNanos;
  private final long startMillis;

  /**
   * @param startNanos the start by {@link System#nanoTime}
   * @param startMillis the same moment in milliseconds since the Unix epoch
   */
  Schedule(int devices, long intervalNanos, long startNanos, long startMillis) {
    if (devices < 1 || intervalNanos < TimeUnit.MILLISECONDS.toNanos(2)) {
      throw new IllegalArgumentException("at least one device, at most 500 positions/s of each");
    }
    this.devices = devices;
    this.intervalNanos = intervalNanos;
    this.startNanos = startNanos;
    this.startMillis = startMillis;
  }

  int devices() {
    return devices;
  }

  long startNanos() {
    return startNanos;
  }

  /** The moment of a device's k-th position, by {@link System#nanoTime}. */
  long dueNanos(int device, int sequence) {
    return startNanos + offsetNanos(device, sequence);
  }

  /** The timestamp of a device's k-th position: unique for the device, growing with k. */
  long timestamp(int device, int sequence) {
    return startMillis + offsetNanos(device, sequence) / 1_000_000;
  }

  /** Which position of the device has this timestamp, else {@link #EARLIER} or {@link #UNKNOWN}. */
  int sequence(int device, long timestamp) {
    if (timestamp < timestamp(device, 0)) {
      return EARLIER;
    }
    // The division lost less than a millisecond, and an interval has at least two.
    long sinceFirst = (timestamp + 1 - startMillis) * 1_000_000 - 1 - phaseNanos(device);
    int sequence = (int) Math.min(Integer.MAX_VALUE - 1, sinceFirst / intervalNanos);
    return timestamp(device, sequence) == timestamp ? sequence : UNKNOWN;
  }

  /** How many positions of the whole fleet are due before that moment. */
  long dueBefore(long nanos) {
    long count = 0;
    for (int device = 0; device < devices; device++) {
      count += dueBefore(device, nanos);
    }
    return count;
  }

  /** How many positions of the device are due before that moment. */
  long dueBefore(int device, long nanos) {
    long elapsed = nanos - startNanos - phaseNanos(device);
    return elapsed <= 0 ? 0 : (elapsed + intervalNanos - 1) / intervalNanos;
  }

  /** A sequence of which every device's position is due at that moment or before, or 0. */
  int dueBy(long nanos) {
    return (int) Math.max(0, (nanos - startNanos) / intervalNanos - 1);
  }

  private long offsetNanos(int device, int sequence) {
    return sequence * intervalNanos + phaseNanos(device);
  }

  private long phaseNanos(int device) {
    return device * intervalNanos / devices;
  }
}

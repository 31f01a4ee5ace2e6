package sightline.bridge;

import sightline.protocol.Limits;

/**
 * Whether one device's clock can be believed. Ahead by more than 60 s can't be; behind by more than
 * 60 s can't be either once 5 single locations over at least 5 s all are, and advance in real time
 * as a backlog does not. Owned by the rounds thread.
 */
final class ClockSkew {
  private static final long BOUND_MILLIS = Limits.MAX_CLOCK_AHEAD.toMillis();
  private static final int NEEDED = 5;
  private static final long NEEDED_MILLIS = 5_000;
  private static final long DRIFT_MILLIS = 2_000;

  private int run;
  private long runReceived;
  private long runTimestamp;
  private boolean behind;

  /** Judges a single location. */
  boolean skewed(long timestamp, long received) {
    if (timestamp - received > BOUND_MILLIS) {
      run = 0;
      return true;
    }
    if (received - timestamp <= BOUND_MILLIS) {
      run = 0;
      behind = false;
      return false;
    }
    long drift = Math.abs((timestamp - runTimestamp) - (received - runReceived));
    if (run == 0 || drift > DRIFT_MILLIS) {
      run = 1;
      runReceived = received;
      runTimestamp = timestamp;
      behind = false;
      return false;
    }
    run++;
    behind = behind || (run >= NEEDED && received - runReceived >= NEEDED_MILLIS);
    return behind;
  }

  /** Judges a location of a backlog, which may well be old. */
  static boolean skewedInBacklog(long timestamp, long received) {
    return timestamp - received > BOUND_MILLIS;
  }
}

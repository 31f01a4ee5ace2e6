package sightline.simulator;

import java.time.Duration;

/**
 * Divides an interval into turns of about 10 ms, and the units among them. Immutable, for any
 * thread.
 */
record Turns(int step, long nanosPerTurn) {

  static Turns of(Duration interval) {
    int turns = (int) Math.max(1, interval.toMillis() / 10);
    return new Turns(turns, interval.toNanos() / turns);
  }

  /** The first unit whose turn it is; the others follow at every {@link #step}. */
  int first(long turn) {
    return (int) (turn % step);
  }
}

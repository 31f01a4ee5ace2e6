package sightline.bench;

/**
 * What part of a run counts: positions due in [from, due) and answered before end. Positions of the
 * last second, [due, end), are sent but not counted, since they have no time to be answered.
 *
 * @param fromNanos the first counted moment, by {@link System#nanoTime}
 * @param dueNanos the end of the moments whose positions are counted
 * @param endNanos the end of the run
 */
record Window(long fromNanos, long dueNanos, long endNanos) {
  boolean counts(long dueAtNanos) {
    return dueAtNanos >= fromNanos && dueAtNanos < dueNanos;
  }

  boolean open(long nowNanos) {
    return nowNanos >= fromNanos && nowNanos < endNanos;
  }

  double seconds() {
    return (endNanos - fromNanos) / 1e9;
  }
}

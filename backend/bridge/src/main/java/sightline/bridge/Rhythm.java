package sightline.bridge;

/**
 * A device's usual interval: the median of its last gaps, so that no single silence changes it.
 * Owned by the rounds thread.
 */
final class Rhythm {
  /** No interval is believed to be longer, ms: stale after silence must not take hours. */
  static final int MAX_MILLIS = 600_000;

  private static final int GAPS = 7;

  /** A gap that made the device stale is no rhythm; so many in a row are. */
  private static final int SLOW_IN_A_ROW = 3;

  private static final long LEAST_STALE_MILLIS = 30_000;
  private static final int STALE_INTERVALS = 3;

  private final int[] gaps = new int[GAPS];
  private int count;
  private int next;
  private int slow;
  private long usual;

  /** Takes over what was known, ms; 0: nothing. */
  void restore(long usualMillis) {
    usual = Math.min(usualMillis, MAX_MILLIS);
  }

  /** Another gap between two publishes, ms. */
  void add(long gapMillis) {
    int gap = (int) Math.min(gapMillis, MAX_MILLIS);
    if (gapMillis > Math.max(LEAST_STALE_MILLIS, STALE_INTERVALS * usual)) {
      slow++;
      if (slow < SLOW_IN_A_ROW) {
        return;
      }
      count = 0;
      next = 0;
    }
    slow = 0;
    gaps[next] = gap;
    next = (next + 1) % GAPS;
    count = Math.min(count + 1, GAPS);
    usual = median();
  }

  /** The usual interval, ms; 0 where it is not known. */
  long usualMillis() {
    return usual;
  }

  /** The element that has half of the others below it; without a copy, for there are few. */
  private int median() {
    int half = (count - 1) / 2;
    for (int i = 0; i < count; i++) {
      int below = 0;
      int same = 0;
      for (int k = 0; k < count; k++) {
        below += gaps[k] < gaps[i] ? 1 : 0;
        same += gaps[k] == gaps[i] ? 1 : 0;
      }
      if (below <= half && half < below + same) {
        return gaps[i];
      }
    }
    return 0;
  }
}

package sightline.drill;

/** How many positions were how many milliseconds old. For one thread. */
final class Ages {
  private static final int MOST_MILLIS = 60_000;

  private final int[] counts = new int[MOST_MILLIS + 1];
  private long count;

  void add(long millis) {
    counts[Math.clamp(millis, 0, MOST_MILLIS)]++;
    count++;
  }

  void add(Ages others) {
    for (int i = 0; i <= MOST_MILLIS; i++) {
      counts[i] += others.counts[i];
    }
    count += others.count;
  }

  long count() {
    return count;
  }

  /** A percentile (0 to 1) in ms; a minute is a minute or more. */
  int percentile(double percentile) {
    long left = (long) Math.ceil(percentile * count);
    int at = -1;
    while (left > 0) {
      at++;
      left -= counts[at];
    }
    return Math.max(0, at);
  }
}

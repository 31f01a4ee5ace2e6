package sightline.bench;

/**
 * Which browsers of a run read all they are sent, spread evenly over the order in which they
 * connected; the others only count it. Immutable.
 *
 * @param size how many of the browsers
 */
record Sample(int browsers, int size) {
  /** Enough for a p99.9 over some 500,000 pairs a run, few enough for one core. */
  static final int USUAL = 30;

  Sample {
    size = Math.min(size, browsers);
    if (size < 1) {
      throw new IllegalArgumentException("at least one browser has to be sampled");
    }
  }

  /** Every browser. */
  static Sample all(int browsers) {
    return new Sample(browsers, browsers);
  }

  /** A browser's place in the sample, or -1. */
  int place(int browser) {
    int place = (int) ((long) browser * size / browsers);
    return (long) (browser + 1) * size / browsers > place ? place : -1;
  }

  /** The browser at a place in the sample. */
  int browser(int place) {
    return (int) (((long) (place + 1) * browsers + size - 1) / size) - 1;
  }
}

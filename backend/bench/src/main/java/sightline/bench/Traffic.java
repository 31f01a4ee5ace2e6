package sightline.bench;

/**
 * What the browsers of a run read within its window. Immutable.
 *
 * @param bytes of all browsers, headers of frames included
 * @param sampledBytes of those that decode
 * @param leastShare what the browser that got least got, of the mean; 1 where all got the same
 */
record Traffic(long bytes, long sampledBytes, double leastShare) {
  static Traffic of(long[] browsers, Sample sample) {
    long all = 0;
    long sampled = 0;
    long least = Long.MAX_VALUE;
    for (int browser = 0; browser < browsers.length; browser++) {
      all += browsers[browser];
      sampled += sample.place(browser) >= 0 ? browsers[browser] : 0;
      least = Math.min(least, browsers[browser]);
    }
    return new Traffic(all, sampled, all == 0 ? 0 : (double) least * browsers.length / all);
  }

  /** By what a sampled count is to be multiplied to speak for all. */
  double scale() {
    return sampledBytes == 0 ? 0 : (double) bytes / sampledBytes;
  }
}

package sightline.drill;

import java.util.Arrays;
import java.util.List;

/**
 * What honest browsers notice while something is done beside them: the age of positions on arrival,
 * in windows before and in windows during. For the thread that drills.
 */
final class Steady {
  private static final int WINDOWS = 3;
  private static final long WINDOW_MILLIS = 4_000;

  private final List<RawBrowser> honest;
  private final double mostOfBefore;
  private final long windowMillis;

  /**
   * Of these browsers.
   *
   * @param mostOfBefore how much of the p99 before the p99 during may be, beside the noise
   */
  Steady(List<RawBrowser> honest, double mostOfBefore) {
    this(honest, mostOfBefore, WINDOW_MILLIS);
  }

  /** The same in windows of another length. */
  Steady(List<RawBrowser> honest, double mostOfBefore, long windowMillis) {
    this.windowMillis = windowMillis;
    this.honest = List.copyOf(honest);
    this.mostOfBefore = mostOfBefore;
  }

  /**
   * What a few windows showed.
   *
   * @param p99 the median of their p99, ms
   * @param noise how far these are from each other, ms
   */
  record Windows(int p99, int noise) {}

  /** What the next few windows show. */
  Windows windows() throws InterruptedException {
    int[] p99 = new int[WINDOWS];
    for (int i = 0; i < WINDOWS; i++) {
      honest.forEach(browser -> browser.shown().takeAges());
      Thread.sleep(windowMillis);
      Ages ages = new Ages();
      honest.forEach(browser -> ages.add(browser.shown().takeAges()));
      if (ages.count() == 0) {
        throw new DrillStuck("no position came to the honest browsers");
      }
      p99[i] = ages.percentile(0.99);
    }
    Arrays.sort(p99);
    return new Windows(p99[WINDOWS / 2], p99[WINDOWS - 1] - p99[0]);
  }

  /** Puts the medians of before and during beside each other. */
  void judge(String what, Windows before, Windows during, Notes notes) {
    judge("before", what, before, during, notes);
  }

  /**
   * Puts the medians beside each other.
   *
   * @param usually what the first windows are of
   * @param what those after them are of
   */
  void judge(String usually, String what, Windows before, Windows during, Notes notes) {
    notes.line(
        "age on arrival at %d honest browsers, median p99: %d ms %s, %d ms %s; noise %d ms"
            .formatted(honest.size(), before.p99(), usually, during.p99(), what, before.noise()));
    if (during.p99() > before.p99() * mostOfBefore + Math.max(1, before.noise())) {
      notes.failure(
          "honest browsers noticed: over %d %% and the noise more"
              .formatted(Math.round((mostOfBefore - 1) * 100)));
    }
  }
}

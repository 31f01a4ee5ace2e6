package sightline.protocol;

/** How a heading is rounded for every wire: first rounded, then wrapped. Stateless. */
public final class Headings {
  private static final int CIRCLE = 36_000;

  private Headings() {}

  /** Of a heading that is not NaN: hundredths of a degree, [0, 36,000); of 359.996 it is 0. */
  public static int hundredths(double degrees) {
    return Math.floorMod(Math.round(degrees * 100), CIRCLE);
  }

  /** To hundredths of a degree, [0, 360); NaN stays NaN. */
  public static double rounded(double degrees) {
    return Double.isNaN(degrees) ? degrees : hundredths(degrees) / 100.0;
  }
}

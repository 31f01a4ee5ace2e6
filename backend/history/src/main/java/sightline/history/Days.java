package sightline.history;

/** Days of UTC, counted since the epoch: retention goes by them, in both stores. */
public final class Days {
  /** A day, ms. */
  public static final long MILLIS = 86_400_000;

  private Days() {}

  /** The day of a time, epoch ms. */
  public static long of(long millis) {
    return Math.floorDiv(millis, MILLIS);
  }

  /** The start of a time's day, epoch ms. */
  public static long startOf(long millis) {
    return of(millis) * MILLIS;
  }
}

package sightline.app;

import java.time.Duration;

/**
 * The process's own settings. Immutable.
 *
 * @param closeWithin the time that each part gets to close
 * @param streamPositions positions that wait for the recorder at most; beyond, the oldest are
 *     dropped and counted
 */
record AppSettings(Duration closeWithin, int streamPositions) {
  /** For one machine: 15 minutes of 1,200 positions a second. */
  public static final AppSettings DEFAULT = new AppSettings(Duration.ofSeconds(20), 1_100_000);

  AppSettings {
    if (closeWithin.compareTo(Duration.ofSeconds(1)) < 0
        || closeWithin.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException("close-within must be from 1s to 5m");
    }
    if (streamPositions < 1_000 || streamPositions > 10_000_000) {
      throw new IllegalArgumentException(
          "stream-positions must be from 1000 to 10000000, not " + streamPositions);
    }
  }
}

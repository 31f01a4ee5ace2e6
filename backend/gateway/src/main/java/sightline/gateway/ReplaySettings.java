package sightline.gateway;

import java.time.Duration;

/**
 * The settings of {@code /replay}, validated. Immutable.
 *
 * @param atOnce replays that run at once; one more is told to come back
 * @param frame how often what changed is told
 * @param lookBack a picture of the past has the devices that published a position so long before
 * @param sliceRows positions and entries that one read of history takes at most, and a replay holds
 */
public record ReplaySettings(int atOnce, Duration frame, Duration lookBack, int sliceRows) {
  /** For a control room that looks back. */
  public static final ReplaySettings DEFAULT =
      new ReplaySettings(16, Duration.ofMillis(100), Duration.ofDays(1), 20_000);

  /** Checks ranges. */
  public ReplaySettings {
    Check.range("at-once", atOnce, 0, 1_000);
    Check.range("frame", frame, Duration.ofMillis(20), Duration.ofMillis(500));
    Check.range("look-back", lookBack, Duration.ofMinutes(1), Duration.ofDays(30));
    Check.range("slice-rows", sliceRows, 1_000, 1_000_000);
  }
}

package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ClockSkewTest {
  private static final long NOW = 1_767_225_600_000L;
  private final ClockSkew clock = new ClockSkew();

  @Test
  void aClockMoreThanAMinuteAheadIsNotBelieved() {
    assertFalse(clock.skewed(NOW + 60_000, NOW));
    assertTrue(clock.skewed(NOW + 60_001, NOW));
  }

  @Test
  void aClockBehindIsNotBelievedOnceFiveLocationsOverFiveSecondsAdvanceInRealTime() {
    long behind = 3_600_000;
    for (int i = 0; i < 5; i++) {
      assertFalse(clock.skewed(NOW + i * 1_000L - behind, NOW + i * 1_000L), "location " + i);
    }
    assertTrue(clock.skewed(NOW + 5_000 - behind, NOW + 5_000));
    assertTrue(clock.skewed(NOW + 5_500 - behind, NOW + 5_500));
    assertFalse(clock.skewed(NOW + 6_000, NOW + 6_000), "it was set right");
    assertFalse(clock.skewed(NOW + 7_000 - behind, NOW + 7_000), "and begins anew");
  }

  @Test
  void aBacklogSentOneByOneIsBelieved() {
    for (int i = 0; i < 1_000; i++) {
      assertFalse(clock.skewed(NOW - 3_600_000 + i * 1_000L, NOW + i * 10L), "location " + i);
    }
  }

  @Test
  void anOldLocationOfABacklogIsBelievedAndOneFromTheFutureIsNot() {
    assertFalse(ClockSkew.skewedInBacklog(NOW - 86_400_000, NOW));
    assertTrue(ClockSkew.skewedInBacklog(NOW + 61_000, NOW));
  }
}

package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** P12: which times are believed. */
final class ClockSkewTest {
  private static final long NOW = 1_767_225_600_000L;

  @Test
  void aClockMoreThanAMinuteAheadIsNotBelieved() {
    assertFalse(ClockSkew.skewed(NOW + 60_000, NOW));
    assertTrue(ClockSkew.skewed(NOW + 60_001, NOW));
  }

  @Test
  void aClockBehindIsBelievedForItMayBeABuffer() {
    assertFalse(ClockSkew.skewed(NOW - Duration.ofMinutes(10).toMillis(), NOW));
    assertFalse(ClockSkew.skewed(NOW - Duration.ofDays(399).toMillis(), NOW));
  }

  @Test
  void aClockThatLostItsDateIsNotBelieved() {
    assertTrue(ClockSkew.skewed(NOW - Duration.ofDays(7_168).toMillis(), NOW));
    assertTrue(ClockSkew.skewed(0, NOW));
  }
}

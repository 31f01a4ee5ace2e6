package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** P27: the usual interval, from which stale is judged. */
final class RhythmTest {
  private final Rhythm rhythm = new Rhythm();

  private void gaps(int times, long millis) {
    for (int i = 0; i < times; i++) {
      rhythm.add(millis);
    }
  }

  @Test
  void itIsTheMedianOfTheLastGaps() {
    gaps(60, 1_000);
    gaps(2, 20_000);
    assertEquals(1_000, rhythm.usualMillis());
    gaps(4, 2_000);
    assertEquals(2_000, rhythm.usualMillis());
  }

  @Test
  void tenMinutesAwayAndThreePositionsTeachNothing() {
    gaps(60, 1_000);
    gaps(1, 600_000);
    gaps(2, 1_000);
    assertEquals(1_000, rhythm.usualMillis());
  }

  @Test
  void twoPositionsElevenMinutesApartTeachNothing() {
    gaps(1, 663_000);
    assertEquals(0, rhythm.usualMillis());
  }

  @Test
  void aSlowDeviceIsLearnedOnceItIsSlowThreeTimesInARow() {
    gaps(3, 300_000);
    assertEquals(300_000, rhythm.usualMillis());
    gaps(8, 500);
    assertTrue(rhythm.usualMillis() <= 500, "and a fast one again");
  }

  @Test
  void noIntervalIsBelievedToBeLongerThanTenMinutes() {
    gaps(8, 8 * 3_600_000L);
    assertEquals(Rhythm.MAX_MILLIS, rhythm.usualMillis());
  }
}

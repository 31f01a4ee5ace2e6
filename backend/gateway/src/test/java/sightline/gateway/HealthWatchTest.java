package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class HealthWatchTest {
  private static final long MILLI_NANOS = 1_000_000;

  @Test
  void theBusIsAskedSoonEnoughThatASecondWithoutAnswerEndsWithinTwoOfSilence() {
    HealthWatch health = new HealthWatch(Duration.ofMillis(1_500), 0, 0);

    assertTrue(health.silent(800 * MILLI_NANOS));
  }

  @Test
  void theBusIsNotAskedWhereOneBeatIsALittleLate() {
    HealthWatch health = new HealthWatch(Duration.ofMillis(1_500), 0, 0);

    assertFalse(health.silent(700 * MILLI_NANOS));
  }
}

package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import sightline.time.RoleClock;

final class HealthWatchTest {
  private static final long MILLI_NANOS = 1_000_000;
  private static final RoleClock CLOCK = RoleClock.of(InstantSource.system(), () -> 0);

  @Test
  void theBusIsAskedSoonEnoughThatASecondWithoutAnswerEndsWithinTwoOfSilence() {
    HealthWatch health = new HealthWatch(Duration.ofMillis(1_500), new OwnLag(CLOCK, 0), CLOCK);

    assertTrue(health.silent(800 * MILLI_NANOS));
  }

  @Test
  void theBusIsNotAskedWhereOneBeatIsALittleLate() {
    HealthWatch health = new HealthWatch(Duration.ofMillis(1_500), new OwnLag(CLOCK, 0), CLOCK);

    assertFalse(health.silent(700 * MILLI_NANOS));
  }
}

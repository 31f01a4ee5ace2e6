package sightline.time;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RoleClockTest {
  private long wall = 1_767_225_600_000L;
  private long nanos = -5;
  private final List<Long> steps = new ArrayList<>();
  private final RoleClock clock =
      new RoleClock(() -> Instant.ofEpochMilli(wall), () -> nanos, steps::add);

  private void pass(Duration time) {
    wall += time.toMillis();
    nanos += time.toNanos();
  }

  @Test
  void timeThatPassesIsNoStep() {
    pass(Duration.ofDays(1));

    assertEquals(0, clock.steps());
    assertEquals(Duration.ofDays(1).toMillis(), clock.uptimeMillis());
  }

  @Test
  void aStepIsNoticedAndDoesNotMoveMonotonicTime() {
    long before = clock.nanos();
    wall += 3_600_000;
    assertEquals(wall, clock.millis());
    wall -= 7_200_000;

    assertEquals(-3_600_000, clock.steppedMillis());
    assertEquals(2, clock.steps());
    assertEquals(before, clock.nanos());
    assertEquals(0, clock.uptimeMillis());
    assertEquals(List.of(3_600_000L, -7_200_000L), steps);
  }

  @Test
  void slewingIsFollowedWithoutAStep() {
    for (int i = 0; i < 100; i++) {
      pass(Duration.ofSeconds(1));
      wall += 200;
      long _ = clock.millis();
    }

    assertEquals(0, clock.steps());
  }

  @Test
  void aPauseBetweenTheTwoReadingsIsNoStep() {
    long[] reading = {0};
    RoleClock interrupted =
        RoleClock.of(
            () -> {
              if (reading[0]++ == 1) {
                pass(Duration.ofSeconds(30));
              }
              return Instant.ofEpochMilli(wall);
            },
            () -> nanos);

    long _ = interrupted.millis();
    nanos += TimeUnit.MILLISECONDS.toNanos(1);

    assertEquals(0, interrupted.steps());
  }
}

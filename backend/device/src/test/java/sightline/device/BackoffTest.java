package sightline.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static final RandomGenerator HIGHEST = () -> -1L;
  private static final RandomGenerator LOWEST = () -> 0L;

  private long now = Long.MAX_VALUE - 1_000;

  @Test
  void waitsNoLessThanNothingAndAtMostFiveSecondsHoweverManyAttemptsAShortOutageSaw() {
    assertEquals(Duration.ZERO, new Backoff(LOWEST, () -> now).next());
    Backoff backoff = new Backoff(HIGHEST, () -> now);
    for (int attempt = 0; attempt < 20; attempt++) {
      assertEquals(5, seconds(backoff));
    }
  }

  @Test
  void growsWithHalfTheTimeAwayToThirtySecondsAndStartsAnewOnceConnected() {
    Backoff backoff = new Backoff(HIGHEST, () -> now);
    assertEquals(5, seconds(backoff));
    pass(10);
    assertEquals(5, seconds(backoff));
    pass(14);
    assertEquals(12, seconds(backoff));
    pass(34);
    assertEquals(29, seconds(backoff));
    pass(3_600);
    assertEquals(30, seconds(backoff));
    backoff.reset();
    pass(3_600);
    assertEquals(5, seconds(backoff));
  }

  @Test
  void spreadsAFleetEvenlyOverTheFiveSeconds() {
    int[] perSecond = new int[5];
    SplittableRandom random = new SplittableRandom(7);
    for (int device = 0; device < 5_000; device++) {
      perSecond[(int) new Backoff(random, () -> now).next().toSeconds()]++;
    }
    for (int count : perSecond) {
      assertTrue(count > 850 && count < 1_150, count + " of 5,000 in one second");
    }
  }

  private static long seconds(Backoff backoff) {
    return Math.round(backoff.next().toMillis() / 1000.0);
  }

  private void pass(long seconds) {
    now += Duration.ofSeconds(seconds).toNanos();
  }
}

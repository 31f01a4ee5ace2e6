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

  @Test
  void waitsNoLessThanNothingAndNoMoreThanFiveSecondsBeforeTheFirstAttempts() {
    assertEquals(Duration.ZERO, new Backoff(LOWEST).next());
    Backoff backoff = new Backoff(HIGHEST);
    for (int attempt = 0; attempt < 5; attempt++) {
      Duration delay = backoff.next();
      assertTrue(delay.toMillis() >= 4_999 && delay.toMillis() <= 5_000, delay.toString());
    }
  }

  @Test
  void growsToThirtySecondsWhileItKeepsFailingAndStartsAnewOnceConnected() {
    Backoff backoff = new Backoff(HIGHEST);
    for (int attempt = 0; attempt < 5; attempt++) {
      backoff.next();
    }
    assertEquals(10, Math.round(backoff.next().toMillis() / 1000.0));
    assertEquals(20, Math.round(backoff.next().toMillis() / 1000.0));
    for (int attempt = 0; attempt < 100; attempt++) {
      assertEquals(30, Math.round(backoff.next().toMillis() / 1000.0));
    }
    backoff.reset();
    assertEquals(Duration.ofSeconds(5), backoff.max());
  }

  @Test
  void spreadsAFleetEvenlyOverTheFiveSeconds() {
    int[] perSecond = new int[5];
    SplittableRandom random = new SplittableRandom(7);
    for (int device = 0; device < 5_000; device++) {
      perSecond[(int) new Backoff(random).next().toSeconds()]++;
    }
    for (int count : perSecond) {
      assertTrue(count > 850 && count < 1_150, count + " of 5,000 in one second");
    }
  }
}

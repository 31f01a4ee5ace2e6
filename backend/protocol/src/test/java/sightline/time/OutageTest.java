package sightline.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutageTest {
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private long now = TimeUnit.DAYS.toNanos(1);
  private final Outage outage = new Outage(() -> now, new Random(7)::nextDouble, LONGEST);

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void fiveMinutesAwayAreAHundredAttemptsAndOneLine() {
    assertTrue(outage.succeeded());
    pass(Duration.ofHours(1));
    int attempts = 0;
    int lines = 0;
    long end = now + Duration.ofMinutes(5).toNanos();
    while (now < end) {
      attempts++;
      lines += outage.failed() ? 1 : 0;
      pass(outage.pause());
    }
    assertEquals(1, lines);
    assertTrue(attempts > 50 && attempts < 150, attempts + " attempts");
    assertTrue(outage.succeeded(), "that it is back is a line");
    assertFalse(outage.succeeded());
  }

  @Test
  void aPauseIsAQuarterOfTheOutageAtMostAndJittered() {
    boolean _ = outage.failed();
    assertTrue(outage.pause().toMillis() <= 100, "the first is short");
    pass(Duration.ofSeconds(8));
    long least = Long.MAX_VALUE;
    long most = 0;
    for (int i = 0; i < 1_000; i++) {
      long pause = outage.pause().toMillis();
      least = Math.min(least, pause);
      most = Math.max(most, pause);
    }
    assertTrue(least >= 1_000 && least < 1_100 && most > 1_900 && most <= 2_000);
    pass(Duration.ofHours(1));
    assertTrue(outage.pause().compareTo(LONGEST) <= 0);
  }

  @Test
  void whatComesAndGoesTwiceASecondIsOneOutageAndFewLines() {
    int lines = 0;
    int attempts = 0;
    long end = now + Duration.ofMinutes(5).toNanos();
    while (now < end) {
      lines += outage.succeeded() ? 1 : 0;
      pass(Duration.ofMillis(10));
      lines += outage.failed() ? 1 : 0;
      attempts++;
      pass(outage.pause());
    }
    assertTrue(lines <= 24, lines + " lines");
    assertTrue(attempts < 150, attempts + " attempts");
  }

  @Test
  void whoStoodForLongIsTriedAgainAtOnce() {
    boolean _ = outage.failed();
    pass(Duration.ofMinutes(5));
    assertTrue(outage.succeeded());
    pass(Duration.ofMinutes(1));
    assertTrue(outage.failed());
    assertTrue(outage.pause().toMillis() <= 100);
  }
}

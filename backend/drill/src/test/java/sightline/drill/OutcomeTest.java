package sightline.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class OutcomeTest {
  private static final Counts CLEAN = new Counts(100, 0, 0, 0, 0, 0, List.of());

  private static Outcome outcome(Counts counts, int underWay, double rate, long recoveredMillis) {
    Plan plan =
        new Plan(
            Fault.KILL_ALL,
            1,
            2,
            10,
            1,
            1,
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Path.of("nowhere"));
    OptionalLong recovered = OptionalLong.of(recoveredMillis * 1_000_000);
    Kill counted = new Kill(3, false, recovered, recovered);
    Kill other = new Kill(underWay, false, recovered, recovered);
    return new Outcome(plan, List.of(counted, other), counts, rate, Map.of(), 0, Observed.NOTHING);
  }

  @Test
  void aCleanRunPasses() {
    assertEquals(List.of(), outcome(CLEAN, 1, 9.5, 4_000).failures());
  }

  @Test
  void aKillWithNothingUnderWayDoesNotCount() {
    assertTrue(outcome(CLEAN, 0, 9.5, 4_000).failures().toString().contains("only 1 kills"));
  }

  @Test
  void aRunBelowNineTenthsOfThePlannedRateDoesNotCount() {
    assertTrue(outcome(CLEAN, 1, 8.9, 4_000).failures().toString().contains("90 %"));
  }

  @Test
  void aSlowRecoveryFails() {
    assertTrue(outcome(CLEAN, 1, 9.5, 5_100).failures().toString().contains("live again"));
  }

  @Test
  void aLostEventFails() {
    Counts lost = new Counts(100, 1, 0, 0, 0, 0, List.of());

    assertTrue(outcome(lost, 1, 9.5, 4_000).failures().toString().contains("promise"));
  }

  @Test
  void eventsCountWhereTheyAreSentAndAcknowledgedBetweenTwoOutages() {
    Uptime uptime = new Uptime();
    uptime.add(0, 1_000_000_000);
    Ledger ledger = new Ledger();
    for (int i = 0; i < 4; i++) {
      EventId id = new EventId("a", String.valueOf(i));
      ledger.sent(id, i * 400_000_000L);
      ledger.acknowledged(id, i * 400_000_000L + 300_000_000);
    }

    assertEquals(2, uptime.acknowledgedRate(ledger.all().values()));
  }
}

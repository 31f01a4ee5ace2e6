package sightline.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AgendaTest {
  private static final Counts CLEAN = new Counts(100, 0, 0, 0, 0, 0, List.of());

  @TempDir private Path directory;

  private static Plan plan(Fault fault, int kills) {
    return new Plan(
        fault,
        1,
        kills,
        10,
        1,
        1,
        fault.holds(Duration.ofMinutes(5)),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Path.of("nowhere"));
  }

  private Done done(Plan... plans) throws IOException {
    Path file = directory.resolve("drill.jsonl");
    for (Plan plan : plans) {
      Report.append(file, new Outcome(plan, List.of(), CLEAN, 10, Map.of(), 0, Observed.NOTHING));
    }
    return Done.read(file);
  }

  @Test
  void whatWasDoneAsOftenIsSkippedAndSaidToHaveFailedWhereItDid() throws Exception {
    Plan broker = plan(Fault.KILL_BROKER, 20);
    Plan redis = plan(Fault.KILL_REDIS, 20);

    Agenda agenda = new Agenda(List.of(broker, redis), done(broker, plan(Fault.KILL_REDIS, 2)));

    assertEquals(List.of(redis), agenda.toDo());
    assertTrue(agenda.text().contains("kill-broker      was done before, and FAILED"));
  }

  @Test
  void whatCameToNoEndIsDoneOnceMore() throws Exception {
    Plan plan = plan(Fault.ROLL, 1);
    Path file = directory.resolve("stuck.jsonl");
    Report.appendStuck(file, plan, "it stuck");

    assertFalse(Done.read(file).has(plan));
  }

  @Test
  void theRemainingTimeFollowsThePaceSoFar() {
    Plan stop = plan(Fault.STOP_REDIS, 3);
    Agenda agenda = new Agenda(List.of(stop, stop), Done.NOTHING);
    Duration each = Expected.of(stop);

    String first = agenda.next(0);
    String second = agenda.next(each.multipliedBy(2).toNanos());

    assertTrue(first.contains("[1 of 2, after 0:00 min; about 3:56 min to go]"), first);
    assertTrue(second.contains("[2 of 2, after 3:56 min; about 3:56 min to go]"), second);
  }

  @Test
  void allWithTwentyKillsIsExpectedToFitIntoSeventyFiveMinutes() {
    Duration whole =
        Fault.onStack().stream()
            .map(fault -> plan(fault, fault.times(20)))
            .map(Expected::of)
            .reduce(Duration.ZERO, Duration::plus);

    assertTrue(whole.compareTo(Duration.ofMinutes(75)) < 0, whole.toString());
  }
}

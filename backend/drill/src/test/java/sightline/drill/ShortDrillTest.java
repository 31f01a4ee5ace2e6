package sightline.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * G1 on the whole running Sightline, by a drill that is short enough for every run of the tests.
 */
@Tag("slow")
class ShortDrillTest {
  @TempDir private Path directory;

  @Test
  void killedTwiceUnderLoadItLosesAndDoublesNothing() throws Exception {
    Plan plan =
        new Plan(
            Fault.KILL_ALL,
            1,
            2,
            200,
            40,
            6,
            Duration.ZERO,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1),
            directory.resolve("run"));
    Outcome outcome =
        DrillCommand.run(plan, new UpSite(Program.SIGHTLINE, directory.resolve("up")), System.out);
    System.out.print(Report.text(outcome));
    assertEquals(List.of(), outcome.failures());
  }
}

package sightline.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** G1 on the whole production path, by a drill that is short enough for every run of the tests. */
@Tag("slow")
final class ShortStackDrillTest {
  private static final int KILLS = 2;

  private static StackProcess stack;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    stack = StackProcess.start(0);
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      assertEquals(0, stack.stop());
      stack.forget();
    } finally {
      stack.close();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"KILL_BROKER", "KILL_BRIDGE", "KILL_REDIS", "KILL_POSTGRES"})
  void killedUnderLoadItLosesAndDoublesNothing(Fault fault) throws Exception {
    Plan plan = plan(fault);
    Outcome outcome =
        DrillCommand.run(plan, new StackSite(stack, fault, new SplittableRandom(1)), System.out);
    System.out.print(Report.text(outcome));
    assertEquals(List.of(), outcome.failures());
  }

  /** P9, P62: each of them checks that it was really done. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"POISON_MESSAGE", "SAME_ID", "RUBBISH_DEVICES"})
  void whatNoHonestClientSendsCostsTheOthersNothingAndIsSaidAtItsUnit(Fault fault)
      throws Exception {
    try (Site site = Sites.of(stack, plan(fault), new Sites.Sizes(0, 0, 0), Length.SHORT)) {
      Endpoints _ = site.start();
      site.begin(new Scene(new Ledger(), List.of()));
      site.aim();
      site.strike();
      site.release();
      site.awaitBack();
      site.observed().lines().forEach(System.out::println);
      assertEquals(List.of(), site.observed().failures());
    }
  }

  private Plan plan(Fault fault) {
    return new Plan(
        fault,
        1,
        KILLS,
        100,
        20,
        6,
        Duration.ZERO,
        Duration.ofMinutes(1),
        Duration.ofMinutes(1),
        directory.resolve("run"));
  }
}

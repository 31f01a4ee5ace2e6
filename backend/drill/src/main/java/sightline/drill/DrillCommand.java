package sightline.drill;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the drill. Belongs to the main thread. */
@Command(
    name = "drill",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description =
        "Kills Sightline under load, again and again, and looks for every event that was"
            + " acknowledged.")
final class DrillCommand implements Callable<Integer> {
  @Option(names = "--fault", description = "kill-all: kill -9 of the whole process")
  private Fault fault = Fault.KILL_ALL;

  @Option(names = "--repeat", description = "kills that must count")
  private int repeat = 20;

  @Option(names = "--seed", description = "of every random choice; without it a new one")
  private @Nullable Long seed;

  @Option(names = "--rate", description = "events a second of all devices together")
  private int rate = 200;

  @Option(names = "--devices", description = "that send them")
  private int devices = 40;

  @Option(names = "--browsers", description = "that watch all of them")
  private int browsers = 6;

  @Option(names = "--recovered-within", description = "ms, for 95 of 100 recoveries")
  private long recoveredWithinMillis = 5_000;

  @Option(names = "--dir", description = "for its data and drill.jsonl")
  private Path directory = Path.of(System.getProperty("sightline.root", "."), "build", "drill");

  @Option(names = "--mutants", description = "shows that it finds programs that break the promise")
  private boolean mutants;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    directory = directory.toAbsolutePath().normalize();
    Files.createDirectories(directory);
    if (mutants) {
      return Mutants.show(directory, seed == null ? 1 : seed, System.out) ? 0 : 1;
    }
    Plan plan =
        new Plan(
            seed == null ? new SplittableRandom().nextInt(1_000_000) : seed,
            repeat,
            rate,
            devices,
            browsers,
            Duration.ofMillis(recoveredWithinMillis),
            directory.resolve("run"));
    System.out.printf(
        "drill %s: seed %d, %d events/s of %d devices, %d browsers, %d kills%n",
        fault.word(), plan.seed(), rate, devices, browsers, repeat);
    Outcome outcome = run(plan, Program.SIGHTLINE, System.out);
    System.out.print(Report.text(outcome));
    Report.append(directory.resolve("drill.jsonl"), fault.word(), outcome);
    return outcome.failures().isEmpty() ? 0 : 1;
  }

  /** Runs it in a fresh folder, which stays only where it failed. */
  static Outcome run(Plan plan, Program program, PrintStream progress)
      throws IOException, InterruptedException, SQLException {
    Folders.remove(plan.folder());
    Outcome outcome;
    try (Drill drill = new Drill(plan, program, progress)) {
      outcome = drill.run();
    }
    if (outcome.failures().isEmpty()) {
      Folders.remove(plan.folder());
    }
    return outcome;
  }
}

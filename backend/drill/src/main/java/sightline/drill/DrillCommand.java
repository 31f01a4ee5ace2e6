package sightline.drill;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
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
  @Option(
      names = "--fault",
      description = "a fault's name, several with commas between, or all of the production path")
  private Faults faults = new Faults(List.of(Fault.KILL_ALL));

  @Option(names = "--repeat", description = "kills that must count; rarer faults less often")
  private int repeat = 20;

  @Option(names = "--seed", description = "of every random choice; without it a new one")
  private @Nullable Long seed;

  @Option(names = "--rate", description = "events a second of all devices together")
  private @Nullable Integer rate;

  @Option(names = "--devices", description = "that send them")
  private @Nullable Integer devices;

  @Option(names = "--events", description = "that wait in a backlog")
  private int events = 25_000;

  @Option(names = "--returning", description = "units of a fleet that comes back")
  private int returning = 600;

  @Option(names = "--positions", description = "that each of those has")
  private int positions = 5_000;

  @Option(names = "--units", description = "of a simulated fleet beside them, on the stack")
  private int units = 600;

  @Option(names = "--browsers", description = "that watch all of them")
  private @Nullable Integer browsers;

  @Option(names = "--away", description = "seconds that a part is away")
  private long awaySeconds = 300;

  @Option(names = "--recovered-within", description = "ms, for 95 of 100 recoveries")
  private long recoveredWithinMillis = 5_000;

  @Option(names = "--dir", description = "for its data and drill.jsonl")
  private Path directory = Path.of(System.getProperty("sightline.root", "."), "build", "drill");

  @Option(names = "--again", description = "does what is in drill.jsonl already once more")
  private boolean again;

  @Option(names = "--mutants", description = "shows that it finds programs that break the promise")
  private boolean mutants;

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    directory = directory.toAbsolutePath().normalize();
    Files.createDirectories(directory);
    if (mutants) {
      return Mutants.show(directory, seed == null ? 1 : seed, System.out) ? 0 : 1;
    }
    return faults.onUp() ? onUp(plan(faults.all().getFirst())) : onStack();
  }

  private Plan plan(Fault each) {
    if (seed == null) {
      seed = (long) new SplittableRandom().nextInt(1_000_000);
    }
    return new Plan(
        each,
        seed,
        each.times(repeat),
        rate == null ? each.rate() : rate,
        devices == null ? each.devices() : devices,
        browsers == null ? each.browsers() : browsers,
        each.holds(Duration.ofSeconds(awaySeconds)),
        Duration.ofMillis(recoveredWithinMillis),
        each.wholeWithin(),
        directory.resolve("run"));
  }

  private int onUp(Plan plan) throws IOException, InterruptedException, SQLException {
    announce(plan);
    Outcome outcome =
        run(plan, new UpSite(Program.SIGHTLINE, plan.folder().resolve("up")), System.out);
    return report(outcome) ? 0 : 1;
  }

  private int onStack() throws IOException, InterruptedException, SQLException {
    Done done = again || faults.all().size() == 1 ? Done.NOTHING : Done.read(log());
    Agenda agenda = new Agenda(inTwoStacks().stream().map(this::plan).toList(), done);
    System.out.print(agenda.text());
    boolean passed = agenda.skipped().stream().allMatch(done::passed);
    if (agenda.toDo().isEmpty()) {
      System.out.print(Table.read(log()).text());
      return passed ? 0 : 1;
    }
    passed &=
        onStack(agenda, agenda.toDo().stream().filter(p -> !p.fault().stepsClocks()).toList());
    passed &= onStack(agenda, agenda.toDo().stream().filter(p -> p.fault().stepsClocks()).toList());
    System.out.print(Table.read(log()).text());
    return passed ? 0 : 1;
  }

  /** Those that need a stack of their own come last. */
  private List<Fault> inTwoStacks() {
    return faults.all().stream().sorted(Comparator.comparing(Fault::stepsClocks)).toList();
  }

  /** These faults on one stack; whether all passed. */
  private boolean onStack(Agenda agenda, List<Plan> plans)
      throws IOException, InterruptedException, SQLException {
    if (plans.isEmpty()) {
      return true;
    }
    System.out.println("Starting the production path …");
    boolean passed = true;
    try (StackProcess stack = StackProcess.start(units, plans.getFirst().fault().stepsClocks())) {
      System.out.println("Its folder is " + stack.folder());
      for (Plan plan : plans) {
        System.out.println(agenda.next(System.nanoTime()));
        announce(plan);
        try {
          passed &=
              report(
                  run(
                      plan,
                      Sites.of(stack, plan, new Sites.Sizes(events, returning, positions)),
                      System.out));
        } catch (DrillStuck e) {
          passed = false;
          System.out.println("FAILED: " + e.getMessage());
          Report.appendStuck(log(), plan, String.valueOf(e.getMessage()));
        }
      }
      int code = stack.stop();
      System.out.println("The stack stopped with exit code " + code);
      passed &= code == 0;
      if (passed) {
        stack.forget();
      }
    }
    return passed;
  }

  private static void announce(Plan plan) {
    System.out.printf(
        "drill %s: seed %d, %d events/s of %d devices, %d browsers, %d times%n",
        plan.fault().word(),
        plan.seed(),
        plan.rate(),
        plan.devices(),
        plan.browsers(),
        plan.kills());
  }

  private boolean report(Outcome outcome) throws IOException {
    System.out.print(Report.text(outcome));
    Report.append(log(), outcome);
    return outcome.failures().isEmpty();
  }

  private Path log() {
    return directory.resolve("drill.jsonl");
  }

  /** Runs it in a fresh folder, which stays only where it failed. */
  static Outcome run(Plan plan, Site site, PrintStream progress)
      throws IOException, InterruptedException, SQLException {
    Folders.remove(plan.folder());
    Outcome outcome;
    try (Drill drill = new Drill(plan, site, progress)) {
      outcome = drill.run();
    }
    if (outcome.failures().isEmpty()) {
      Folders.remove(plan.folder());
    }
    return outcome;
  }
}

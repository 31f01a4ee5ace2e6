package sightline.drill;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import sightline.drill.mutants.Mutant;
import sightline.drill.mutants.MutantMain;
import sightline.drill.mutants.RoleMutant;

/** Shows that the drill finds programs that break the promise. For one thread. */
final class Mutants {
  private static final int KILLS = 2;
  private static final int RATE = 200;
  private static final int DEVICES = 20;
  private static final int BROWSERS = 3;

  private final Path folder;
  private final long seed;
  private final PrintStream out;
  private boolean allRight = true;

  private Mutants(Path folder, long seed, PrintStream out) {
    this.folder = folder;
    this.seed = seed;
    this.out = out;
  }

  /** Whether each was found, and Sightline itself was found to be sound by the same means. */
  static boolean show(Path directory, long seed, PrintStream out)
      throws IOException, InterruptedException, SQLException {
    Mutants mutants = new Mutants(directory.resolve("mutants"), seed, out);
    mutants.traced("Sightline itself", Program.SIGHTLINE, false);
    for (Mutant mutant : Mutant.values()) {
      switch (mutant) {
        case ACKNOWLEDGES_EARLY, WITHOUT_KEY -> mutants.drilled(mutant);
        case WITHOUT_SYNC -> mutants.traced("mutant " + mutant.word(), program(mutant), true);
      }
    }
    Folders.remove(mutants.folder);
    try (RoleMutants roles = new RoleMutants(seed, out)) {
      for (RoleMutant mutant : RoleMutant.values()) {
        mutants.allRight &= roles.show(mutant);
      }
    }
    return mutants.allRight;
  }

  static Program program(Mutant mutant) {
    return new Program(List.of(), MutantMain.class.getName(), List.of(mutant.word()));
  }

  /** A drill of a mutant, by the same plan whatever it is. */
  static Plan plan(Path folder, long seed) {
    return new Plan(
        Fault.KILL_ALL,
        seed,
        KILLS,
        RATE,
        DEVICES,
        BROWSERS,
        Duration.ZERO,
        Duration.ofMinutes(1),
        Duration.ofMinutes(1),
        folder);
  }

  private void drilled(Mutant mutant) throws IOException, InterruptedException, SQLException {
    out.printf("mutant %s: %d kills, seed %d%n", mutant.word(), KILLS, seed);
    Outcome outcome =
        DrillCommand.run(
            plan(folder, seed), new UpSite(program(mutant), folder.resolve("up")), out);
    Counts counts = outcome.counts();
    boolean caught =
        mutant == Mutant.ACKNOWLEDGES_EARLY ? counts.lost() > 0 : counts.duplicated() > 0;
    say(
        caught,
        "mutant %s: %s: %d acknowledged, %d lost, %d unexpected, %d duplicated"
            .formatted(
                mutant.word(),
                caught ? "caught" : "NOT CAUGHT",
                counts.acknowledged(),
                counts.lost(),
                counts.unexpected(),
                counts.duplicated()));
  }

  private void traced(String who, Program program, boolean mutant)
      throws IOException, InterruptedException {
    Folders.remove(folder);
    SyncTrace trace = SyncCheck.of(program, folder);
    boolean sound = trace.unsynced().isEmpty() && !trace.synced().isEmpty();
    String verdict = sound ? "sound" : "caught";
    say(
        sound != mutant,
        "%s: %s: of %d acknowledgements %d followed a completed sync of the event's write"
            .formatted(
                who,
                sound == mutant ? "NOT AS IT MUST BE" : verdict,
                trace.synced().size() + trace.unsynced().size(),
                trace.synced().size()));
  }

  private void say(boolean right, String line) {
    allRight &= right;
    out.println(line);
  }
}

package sightline.drill;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import sightline.drill.mutants.RoleMutant;

/**
 * Shows that roles of the production path which break the promise are found: each beside the real
 * one, under the same fault, over the servers as they are shipped. For one thread.
 */
final class RoleMutants implements AutoCloseable {
  private final Path folder;
  private final TrialServers servers;
  private final long seed;
  private final PrintStream out;
  private int wrong;

  RoleMutants(long seed, PrintStream out) throws IOException {
    this.seed = seed;
    this.out = out;
    folder =
        Files.createTempDirectory(
            Path.of("/var/tmp"),
            "sightline-mutants-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    servers = new TrialServers(folder);
  }

  /** Whether the mutant was found, and the real one was found to be sound. */
  boolean show(RoleMutant mutant) throws IOException, InterruptedException, SQLException {
    wrong++;
    Finding real = find(mutant, false);
    out.printf(
        "Sightline's %s: %s: %s%n",
        mutant.role(), real.broken() == 0 ? "sound" : "NOT AS IT MUST BE", real.text());
    Finding found = find(mutant, true);
    out.printf(
        "mutant %s: %s: %s%n",
        mutant.word(), found.broken() > 0 ? "caught" : "NOT CAUGHT", found.text());
    boolean right = real.broken() == 0 && found.broken() > 0;
    wrong -= right ? 1 : 0;
    return right;
  }

  private Finding find(RoleMutant mutant, boolean mutated)
      throws IOException, InterruptedException, SQLException {
    return switch (mutant) {
      case IGNORES_HOLES -> HoleTrial.of(servers.fresh(), seed, word(mutant, mutated));
      case EARLY_CURSOR -> CursorTrial.of(servers.fresh(), seed, word(mutant, mutated));
      case IGNORES_FENCE ->
          FenceTrial.of(servers.fresh(), servers.devices(), word(mutant, mutated));
      case POISONED -> PoisonTrial.of(servers.fresh(), servers.devices(), word(mutant, mutated));
      case BLIND_TO_RIVALS ->
          RivalTrial.of(servers.fresh(), servers.devices(), word(mutant, mutated));
    };
  }

  private static String word(RoleMutant mutant, boolean mutated) {
    return mutated ? mutant.word() : mutant.role();
  }

  /** The folder stays where something was not as it must be. */
  @Override
  public void close() throws IOException {
    servers.close();
    if (wrong == 0) {
      Folders.remove(folder);
    } else {
      out.println("Its logs are in " + folder.resolve("log"));
    }
  }
}

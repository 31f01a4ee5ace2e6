package sightline.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Shows that connections leave nothing behind: heap, direct memory and descriptors before and after
 * rounds of connects and disconnects. Belongs to the main thread.
 */
@Command(
    name = "churn",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Connects and disconnects browsers in every manner, and shows what that leaves.")
final class ChurnCommand implements Callable<Integer> {
  private static final int REHEARSAL = 600;
  private static final int ENOUGH_OPEN = 1_000;

  @Option(names = "--connections", description = "of each round")
  private int connections = 10_000;

  @Option(names = "--open", description = "connections open at once")
  private int open = 1_200;

  @Option(names = "--rounds", description = "in the same process")
  private int rounds = 2;

  @Option(names = "--devices", description = "that publish meanwhile, twice a second each")
  private int devices = 60;

  @Option(names = "--browsers", description = "that stay meanwhile, and must not notice")
  private int browsers = 10;

  @Option(
      names = "--patience",
      defaultValue = "90s",
      description = "that the server has to drop the abandoned")
  private Duration patience = Duration.ZERO;

  @Mixin private SystemOptions system = new SystemOptions();

  @Override
  public Integer call() throws IOException, InterruptedException, TimeoutException {
    Progress progress = new Progress(System.err, Progress.onTerminal());
    try (Started started = system.start(progress, devices)) {
      return churn(started.target(), progress);
    }
  }

  private int churn(Target target, Progress progress) throws IOException, TimeoutException {
    try (Churn churn = new Churn(target, devices, browsers, patience, progress)) {
      churn.start(devices, browsers, 500_000_000);
      progress.phase("rehearsal");
      churn.round(REHEARSAL, REHEARSAL);
      Holdings before = churn.holdings();
      StringBuilder table = new StringBuilder(Holdings.head()).append(before.row("before"));
      boolean good = true;
      for (int round = 1; round <= rounds; round++) {
        progress.phase("round " + round + " of " + rounds);
        Churn.Round done = churn.round(connections, open);
        Holdings after = churn.holdings();
        progress.line(
            "round %d: %s, %d not dropped by the server within %d s"
                .formatted(round, done.visits(), done.droppedByUs(), patience.toSeconds()));
        table.append(after.row("after round " + round));
        boolean enough = done.mostOpen() >= Math.min(ENOUGH_OPEN, open);
        good &= after.backAt(before) && done.droppedByUs() == 0 && enough;
      }
      System.out.print(table);
      good &= churn.faults().none();
      System.out.println(good ? "back where it was" : "NOT back where it was " + churn.faults());
      return good ? 0 : 1;
    }
  }
}

package sightline.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Shows that a system stays as it is under a steady load: latency, memory and descriptors by the
 * minute. Belongs to the main thread.
 */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "A steady load for long; fails on an error, or where memory or descriptors grow.")
final class SoakCommand implements Callable<Integer> {
  @Option(names = "--minutes", description = "that are counted")
  private int minutes = 30;

  @Option(names = "--minute", defaultValue = "1m", description = "how long one is")
  private Duration minute = Duration.ZERO;

  @Option(names = "--warmup", defaultValue = "2m", description = "before the first counts")
  private Duration warmup = Duration.ZERO;

  @Option(names = "--devices", description = "of the fleet")
  private int devices = 600;

  @Option(names = "--rate", description = "positions a second of each device")
  private double rate = 2;

  @Option(names = "--browsers", description = "that watch the whole fleet")
  private int browsers = 120;

  @Option(names = "--protocol", description = "json or bin")
  private Protocol protocol = Protocol.json;

  @Option(names = "--growth", description = "in MB of private memory that is let pass")
  private int growthMegabytes = 64;

  @Option(names = "--descriptors", description = "more at the end than after minute 1 let pass")
  private int descriptorSlack = 16;

  @Mixin private SystemOptions system = new SystemOptions();

  @Override
  public Integer call() throws IOException, InterruptedException, TimeoutException {
    Load load = Load.wholeFleet(devices, rate, browsers, protocol, warmup, minute);
    Progress progress = new Progress(System.err, Progress.onTerminal());
    Promptness.ask();
    try (Started started = system.start(progress, devices)) {
      progress.phase("soak");
      Run run = new Run(started.target(), load, progress);
      List<Soak.Minute> all =
          run.with(new Soak(started.target(), load, minutes, run.faults(), progress));
      if (!all.isEmpty()) {
        System.out.print(Soak.Minute.head() + all.getFirst().row() + all.getLast().row());
      }
      String wrong = Soak.wrong(all, run.faults(), growthMegabytes * 1_000_000L, descriptorSlack);
      System.out.println(wrong.isEmpty() ? "flat, and every minute satisfied" : "failed: " + wrong);
      return wrong.isEmpty() ? 0 : 1;
    }
  }
}

package sightline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures a system beside the floor, run by run in turn, and prints the table. Belongs to the main
 * thread.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    subcommands = {
      ChurnCommand.class,
      SoakCommand.class,
      StalledCommand.class,
      MemoryCommand.class,
      ReturnCommand.class
    },
    description = "Measures device to browser, beside a floor in the same run.",
    footer = "%nCodec and hub by themselves: bench micro, with a --help of its own.")
final class BenchCommand implements Callable<Integer> {
  @Option(names = "--devices", description = "of the fleet")
  private int devices = 600;

  @Option(names = "--rate", description = "positions a second of each device")
  private double rate = 2;

  @Option(names = "--browsers", description = "that watch the whole fleet")
  private int browsers = 120;

  @Option(names = "--protocol", description = "json or bin; the floor copies JSON in any case")
  private Protocol protocol = Protocol.json;

  @Option(names = "--view", description = "all, city (a map's box) or device (one unit each)")
  private View view = View.all;

  @Option(names = "--sample", description = "browsers that decode all they read; the rest count")
  private int sample = Sample.USUAL;

  @Option(names = "--warmup", defaultValue = "10s", description = "before each run counts")
  private Duration warmup = Duration.ZERO;

  @Option(
      names = "--seconds",
      defaultValue = "15s",
      description = "that each run counts, the last one excluded")
  private Duration seconds = Duration.ZERO;

  @Option(names = "--runs", description = "of each system, in turn")
  private int runs = 3;

  @Option(names = "--json", description = "a file for every run's figures")
  private @Nullable Path json;

  @Option(
      names = "--hdr",
      description = "FILE.hgrm: each system's percentiles, in FILE-SYSTEM.hgrm beside it")
  private @Nullable Path hdr;

  @Mixin private KneeOptions knee = new KneeOptions();
  @Mixin private ReportOptions report = new ReportOptions();

  @Mixin private SystemOptions system = new SystemOptions();

  @Override
  public Integer call() throws IOException, InterruptedException, TimeoutException {
    Load load = new Load(devices, rate, browsers, protocol, view, sample, warmup, seconds);
    Progress progress = new Progress(System.err, Progress.onTerminal());
    if (!Promptness.ask()) {
      progress.line(
          "The generator runs at ordinary priority (root may raise it): its lag may void the run.");
    }
    if (report.asked()) {
      return report.write(load, system, progress);
    }
    if (knee.asked()) {
      try (Started started = system.start(progress, devices)) {
        return knee.find(started.target(), load, progress);
      }
    }
    return beside(load, progress);
  }

  private int beside(Load load, Progress progress)
      throws IOException, InterruptedException, TimeoutException {
    Report table = new Report(load);
    try (FloorProcess floor = new FloorProcess();
        Started started = system.start(progress, devices)) {
      List<Target> targets = new ArrayList<>();
      if (view == View.all) {
        targets.add(floor.target());
      }
      if (started.system() != null) {
        targets.add(started.system());
      }
      for (int run = 1; run <= runs; run++) {
        progress.phase("run " + run + " of " + runs);
        for (Target target : targets) {
          Outcome outcome = new Run(target, load, progress).measure();
          table.add(target.name(), outcome);
          progress.line(table.line(target.name(), outcome));
        }
      }
    }
    System.out.print(table.table());
    if (json != null) {
      table.writeJson(json);
    }
    if (hdr != null) {
      table.writeHistograms(hdr);
    }
    return table.allCount() ? 0 : 1;
  }
}

package sightline.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what browsers that don't read cost the others. Belongs to the main thread. */
@Command(
    name = "stalled",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Some browsers stop reading, then read again; fails where the others notice.")
final class StalledCommand implements Callable<Integer> {
  /** Of the recorder's batches, unless it is set otherwise. */
  private static final Duration RHYTHM = Duration.ofSeconds(30);

  @Option(names = "--browsers", description = "that watch the whole fleet")
  private int browsers = 50;

  @Option(
      names = "--stalled",
      description =
          "of them that stop reading; 0 shows what the machine alone makes of two windows")
  private int few = 5;

  @Option(names = "--rounds", description = "of all reading, then the few not; the middle counts")
  private int rounds = 3;

  @Option(names = "--devices", description = "of the fleet")
  private int devices = 600;

  @Option(names = "--rate", description = "positions a second of each device")
  private double rate = 2;

  @Option(names = "--protocol", description = "json or bin")
  private Protocol protocol = Protocol.json;

  @Option(names = "--warmup", defaultValue = "10s", description = "before anything counts")
  private Duration warmup = Duration.ZERO;

  @Option(
      names = "--seconds",
      defaultValue = "15s",
      description = "with all reading, and again without the few")
  private Duration seconds = Duration.ZERO;

  @Option(names = "--p99", description = "of what it was, that the others' may be")
  private double bound = 1.1;

  @Mixin private SystemOptions system = new SystemOptions();

  @Override
  public Integer call() throws IOException, InterruptedException, TimeoutException {
    if (few < 0 || few >= browsers || rounds < 1) {
      throw new IllegalArgumentException(
          "some browsers have to read, for at least one of --rounds");
    }
    Load load = new Load(devices, rate, browsers, protocol, View.all, browsers, warmup, seconds);
    Progress progress = new Progress(System.err, Progress.onTerminal());
    Promptness.ask();
    try (Started started = system.start(progress, devices)) {
      Run run = new Run(started.target(), load, progress);
      Stalled.Seen seen =
          run.with(
              new Stalled(started.target(), load, few, rounds, RHYTHM, run.faults(), progress));
      System.out.print(Stalled.Part.head());
      for (Stalled.Round round : seen.rounds()) {
        System.out.print(round.rows());
        System.out.printf("the others' p99 is %.2f of what it was%n%n", round.p99Ratio());
      }
      System.out.printf("in the middle one of the rounds %.2f%n", seen.p99Ratio());
      boolean good =
          run.faults().none()
              && seen.p99Ratio() <= bound
              && (few == 0 || seen.satisfiedAgain() >= Outcome.ENOUGH_SATISFIED);
      System.out.println(good ? "ok" : "failed " + run.faults());
      return good ? 0 : 1;
    }
  }
}

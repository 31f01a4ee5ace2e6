package sightline.bench;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Option;

/** The search for the most that a system holds. Belongs to the main thread. */
final class KneeOptions {
  /** What is ramped; names as on the command line. */
  enum Ramp {
    /** From {@code --browsers}. */
    browsers,
    /** From {@code --rate}, in whole positions a second of each device. */
    rate
  }

  private static final int MOST_BROWSERS = 8_000;
  private static final int MOST_RATE = 400;

  @Option(
      names = "--find-knee",
      description = "ramps until p99 is above --p99 or the system can't keep up, then bisects")
  private boolean find;

  @Option(names = "--p99", defaultValue = "420ms", description = "the knee's bound")
  private Duration p99 = Duration.ZERO;

  @Option(names = "--ramp", description = "browsers or rate")
  private Ramp ramp = Ramp.browsers;

  boolean asked() {
    return find;
  }

  int find(Target target, Load load, Progress progress) {
    int first = ramp == Ramp.browsers ? load.browsers() : (int) Math.max(1, load.rate());
    int most = ramp == Ramp.browsers ? MOST_BROWSERS : MOST_RATE;
    int knee =
        Knee.find(
            first,
            most,
            next -> {
              progress.phase(next + " " + unit());
              return holds(target, sized(load, next), next, progress);
            });
    System.out.printf(
        "knee of %s: %d %s with p99 at most %d ms%n", target.name(), knee, unit(), p99.toMillis());
    return knee > 0 ? 0 : 1;
  }

  private Load sized(Load load, int next) {
    return ramp == Ramp.browsers ? load.withBrowsers(next, load.protocol()) : load.withRate(next);
  }

  private String unit() {
    return ramp == Ramp.browsers ? "browsers" : "positions/s of each device";
  }

  private boolean holds(Target target, Load load, int next, Progress progress) {
    try {
      Outcome outcome = new Run(target, load, progress).measure();
      boolean held =
          !outcome.failed() && !outcome.saturated() && outcome.p99() <= p99.toNanos() / 1e6;
      progress.line(
          "%6d %s: p50 %.2f  p99 %.2f ms  satisfied %.4f  lag p99 %.3f  generator %.2f cores  %s%s"
              .formatted(
                  next,
                  unit(),
                  outcome.p50(),
                  outcome.p99(),
                  outcome.satisfied(),
                  outcome.lagP99(),
                  outcome.generatorCores(),
                  held ? "held" : "too much",
                  outcome.failed() ? ": " + outcome.faults() : ""));
      return held;
    } catch (TimeoutException e) {
      progress.line("%6d %s: too much, %s".formatted(next, unit(), e.getMessage()));
      return false;
    }
  }
}

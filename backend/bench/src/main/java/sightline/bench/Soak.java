package sightline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A steady load for long, looked at by the minute: how late it was, and what the system holds.
 * Owned by the generator's thread.
 */
final class Soak implements Run.Course<List<Soak.Minute>> {
  private static final long LEAD_NANOS = 100_000_000;
  private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Target target;
  private final Load load;
  private final int minutes;
  private final Faults faults;
  private final Progress progress;

  Soak(Target target, Load load, int minutes, Faults faults, Progress progress) {
    this.target = target;
    this.load = load;
    this.minutes = minutes;
    this.faults = faults;
    this.progress = progress;
  }

  /**
   * One minute, its last second left out.
   *
   * @param residentBytes at its end
   * @param privateBytes of these: without files and without buffers that a database shares
   * @param descriptors open at its end
   */
  record Minute(
      int number,
      double satisfied,
      Histogram latency,
      double cpuSeconds,
      long residentBytes,
      long privateBytes,
      int descriptors) {
    double millis(double percentile) {
      return latency.getValueAtPercentile(percentile) / 1e6;
    }

    static String head() {
      return "minute  satisfied   p50 ms   p99 ms   max ms    CPU s   RSS MB  private  descriptors%n"
          .formatted();
    }

    String row() {
      return String.format(
          Locale.ROOT,
          "%6d %10.4f %8.2f %8.2f %8.1f %8.1f %8.0f %8.0f %12d%n",
          number,
          satisfied,
          millis(50),
          millis(99),
          millis(100),
          cpuSeconds,
          residentBytes / 1e6,
          privateBytes / 1e6,
          descriptors);
    }
  }

  @Override
  public List<Minute> follow(Loop loop, Fleet fleet, Crowd crowd) {
    long start = System.nanoTime() + LEAD_NANOS;
    long startMillis = System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(LEAD_NANOS);
    Schedule schedule = new Schedule(load.devices(), load.intervalNanos(), start, startMillis);
    long from = start + load.warmup().toNanos();
    long length = load.measured().toNanos();
    long end = from + minutes * length;
    Audit audit = new Audit(schedule, faults);
    ProcessUse system = ProcessUse.ofTrees(target.pids());
    fleet.follow(schedule, new Window(from, end, end));
    drive(loop, fleet, from);
    List<Minute> all = new ArrayList<>();
    for (int number = 1; number <= minutes && faults.none(); number++) {
      long until = from + number * length;
      Window window = new Window(until - length, until - LAST_NANOS, until);
      Answers answers = new Answers(schedule, load.sampled(), View.all, window);
      crowd.follow(answers, audit);
      double before = system.cpuSeconds();
      drive(loop, fleet, until);
      faults.add("a position older than the one held", answers.reordered());
      faults.add("a position that nobody sent", answers.unknown());
      all.add(
          new Minute(
              number,
              answers.satisfied(),
              answers.latency(),
              system.cpuSeconds() - before,
              system.residentBytes(),
              system.privateBytes(),
              system.descriptors()));
      progress.line(all.getLast().row().stripTrailing());
    }
    return all;
  }

  /**
   * What went wrong; empty where nothing did.
   *
   * @param growthBytes of private memory from the first minute to the last that are let pass
   * @param moreDescriptors of the same that are let pass
   */
  static String wrong(List<Minute> all, Faults faults, long growthBytes, int moreDescriptors) {
    List<String> wrong = new ArrayList<>();
    if (!faults.none() || all.isEmpty()) {
      wrong.add(faults.none() ? "no minute was whole" : faults.toString());
    }
    for (Minute minute : all) {
      if (minute.satisfied() < Outcome.ENOUGH_SATISFIED) {
        wrong.add("minute %d was not satisfied".formatted(minute.number()));
      }
    }
    if (!all.isEmpty()) {
      long grown = all.getLast().privateBytes() - all.getFirst().privateBytes();
      int opened = all.getLast().descriptors() - all.getFirst().descriptors();
      if (grown > growthBytes) {
        wrong.add("private memory grew by %d MB".formatted(grown / 1_000_000));
      }
      if (opened > moreDescriptors) {
        wrong.add("%d descriptors more are open".formatted(opened));
      }
    }
    return String.join("; ", wrong);
  }

  private void drive(Loop loop, Fleet fleet, long untilNanos) {
    while (System.nanoTime() < untilNanos) {
      loop.turn(fleet, untilNanos);
      progress.tick(target.name(), untilNanos - System.nanoTime());
    }
  }
}

package sightline.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Some browsers stop reading, then read again: what the others notice, what it costs the system in
 * memory, and what those few get. Owned by the generator's thread.
 */
final class Stalled implements Run.Course<Stalled.Seen> {
  private static final long LEAD_NANOS = 100_000_000;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Duration AGAIN = Duration.ofSeconds(5);

  private final Target target;
  private final Load load;
  private final int few;
  private final Faults faults;
  private final Progress progress;

  /**
   * @param few how many stop reading
   */
  Stalled(Target target, Load load, int few, Faults faults, Progress progress) {
    this.target = target;
    this.load = load;
    this.few = few;
    this.faults = faults;
    this.progress = progress;
  }

  /** One part of the run. */
  record Part(String name, double satisfied, Histogram latency, long residentBytes) {
    String row() {
      return String.format(
          Locale.ROOT,
          "%-34s %9.4f %8.2f %8.2f %8.1f %8.0f%n",
          name,
          satisfied,
          latency.getValueAtPercentile(50) / 1e6,
          latency.getValueAtPercentile(99) / 1e6,
          latency.getMaxValue() / 1e6,
          residentBytes / 1e6);
    }

    static String head() {
      return String.format(
          Locale.ROOT,
          "%-34s %9s %8s %8s %8s %8s%n",
          "",
          "satisfied",
          "p50 ms",
          "p99 ms",
          "max ms",
          "RSS MB");
    }
  }

  /** What was seen: while all read, of the others meanwhile, of the few when they read again. */
  record Seen(Part all, Part others, Part again) {
    /** The others' p99, of what it was while all read. */
    double p99Ratio() {
      return (double) others.latency().getValueAtPercentile(99)
          / all.latency().getValueAtPercentile(99);
    }
  }

  @Override
  public Seen follow(Loop loop, Fleet fleet, Crowd crowd) {
    long start = System.nanoTime() + LEAD_NANOS;
    long startMillis = System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(LEAD_NANOS);
    Schedule schedule = new Schedule(load.devices(), load.intervalNanos(), start, startMillis);
    Audit audit = new Audit(schedule, faults);
    long warm = start + load.warmup().toNanos();
    long stalls = warm + load.measured().toNanos();
    long from = stalls + SECOND;
    long again = from + load.measured().toNanos();
    long end = again + AGAIN.toNanos();
    fleet.follow(schedule, new Window(warm, end - SECOND, end));
    drive(loop, fleet, warm);
    Answers all =
        answers(crowd, audit, schedule, new Window(warm, stalls - SECOND, stalls), load.view());
    Part first = part("all read", all, loop, fleet, stalls);
    read(crowd, false);
    drive(loop, fleet, from);
    Owing others = (browser, device, devices, last) -> !stalls(browser);
    Answers during =
        answers(crowd, audit, schedule, new Window(from, again - SECOND, again), others);
    Part second = part("the others, while " + few + " don't read", during, loop, fleet, again);
    read(crowd, true);
    Owing those = (browser, device, devices, last) -> stalls(browser);
    Answers after = answers(crowd, audit, schedule, new Window(again, end - SECOND, end), those);
    return new Seen(
        first, second, part("the " + few + ", from when they read again", after, loop, fleet, end));
  }

  private Answers answers(Crowd crowd, Audit audit, Schedule schedule, Window window, Owing owing) {
    Answers answers = new Answers(schedule, load.sampled(), owing, window);
    crowd.follow(answers, audit);
    return answers;
  }

  private Part part(String name, Answers answers, Loop loop, Fleet fleet, long until) {
    drive(loop, fleet, until);
    faults.add("a position older than the one held", answers.reordered());
    faults.add("a position that nobody sent", answers.unknown());
    long resident = ProcessUse.ofTrees(target.pids()).residentBytes();
    return new Part(name, answers.satisfied(), answers.latency(), resident);
  }

  private boolean stalls(int browser) {
    return new Sample(load.browsers(), few).place(browser) >= 0;
  }

  private void read(Crowd crowd, boolean on) {
    for (int browser = 0; browser < load.browsers(); browser++) {
      Browser one = crowd.browser(browser);
      if (one != null && stalls(browser)) {
        one.reading(on);
      }
    }
  }

  private void drive(Loop loop, Fleet fleet, long untilNanos) {
    loop.drive(fleet, untilNanos, progress, target.name());
  }
}

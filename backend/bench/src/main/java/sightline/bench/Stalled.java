package sightline.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Some browsers stop reading, then read again, several times over: what the others notice, what it
 * costs the system in memory, and what those few get. Owned by the generator's thread.
 *
 * <p>Rounds stand side by side, since one pair of windows tells as much about the machine as about
 * the few. Windows begin a whole number of the system's rhythms apart, so that each holds as much
 * of the recorder's batches as any other: half a minute's, written at once, is in the p99.
 */
final class Stalled implements Run.Course<Stalled.Seen> {
  private static final long LEAD_NANOS = 100_000_000;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long AGAIN_AT_MOST = 5 * SECOND;

  private final Target target;
  private final Load load;
  private final int few;
  private final int rounds;
  private final long rhythmNanos;
  private final Faults faults;
  private final Progress progress;

  /**
   * @param few how many stop reading; 0 shows what two windows differ by when nobody does
   * @param rounds how often they do
   * @param rhythm from one of the recorder's batches to the next
   */
  Stalled(
      Target target,
      Load load,
      int few,
      int rounds,
      Duration rhythm,
      Faults faults,
      Progress progress) {
    this.target = target;
    this.load = load;
    this.few = few;
    this.rounds = rounds;
    this.rhythmNanos = rhythm.toNanos();
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

  /** While all read, the others meanwhile, and the few when they read again. */
  record Round(Part all, Part others, Part again) {
    String rows() {
      return all.row() + others.row() + again.row();
    }

    /** The others' p99, of what it was while all read. */
    double p99Ratio() {
      return (double) others.latency().getValueAtPercentile(99)
          / all.latency().getValueAtPercentile(99);
    }
  }

  /** What was seen, round by round. */
  record Seen(List<Round> rounds) {
    Seen {
      rounds = List.copyOf(rounds);
    }

    /** The others' p99 of what it was, in the middle one of the rounds. */
    double p99Ratio() {
      double[] ratios = rounds.stream().mapToDouble(Round::p99Ratio).sorted().toArray();
      return ratios[ratios.length / 2];
    }

    /** Of what the few were owed when they read again, how much they got, at the least. */
    double satisfiedAgain() {
      return rounds.stream().mapToDouble(round -> round.again().satisfied()).min().orElseThrow();
    }
  }

  @Override
  public Seen follow(Loop loop, Fleet fleet, Crowd crowd) {
    long start = System.nanoTime() + LEAD_NANOS;
    long startMillis = System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(LEAD_NANOS);
    Schedule schedule = new Schedule(load.devices(), load.intervalNanos(), start, startMillis);
    Stage stage = new Stage(loop, fleet, crowd, schedule, new Audit(schedule, faults));
    long warm = start + load.warmup().toNanos();
    long roundNanos = 2 * cycleNanos();
    long end = warm + rounds * roundNanos;
    fleet.follow(schedule, new Window(warm, end - SECOND, end));
    drive(stage, warm);
    List<Round> seen = new ArrayList<>();
    for (long from = warm; from < end; from += roundNanos) {
      seen.add(round(stage, from));
      drive(stage, from + roundNanos);
    }
    return new Seen(seen);
  }

  /** What all rounds have to do with. */
  private record Stage(Loop loop, Fleet fleet, Crowd crowd, Schedule schedule, Audit audit) {}

  private Round round(Stage stage, long from) {
    long stalls = from + load.measured().toNanos();
    long others = from + cycleNanos();
    long again = others + load.measured().toNanos();
    Part first = part(stage, "all read", from, stalls, load.view());
    drive(stage, others - SECOND);
    read(stage.crowd(), false);
    drive(stage, others);
    Owing rest = (browser, device, devices, last) -> !stalls(browser);
    Part second = part(stage, "the others, while " + few + " don't read", others, again, rest);
    read(stage.crowd(), true);
    Owing those = (browser, device, devices, last) -> stalls(browser);
    String name = "the " + few + ", from when they read again";
    return new Round(first, second, part(stage, name, again, again + againNanos(), those));
  }

  /** From one window's beginning to the next one's, with time for the few to read again. */
  private long cycleNanos() {
    long least = load.measured().toNanos() + SECOND + againNanos();
    return Math.ceilDiv(least, rhythmNanos) * rhythmNanos;
  }

  private long againNanos() {
    return Math.min(load.measured().toNanos(), AGAIN_AT_MOST);
  }

  /** From now until then, of what is due up to a second before. */
  private Part part(Stage stage, String name, long from, long until, Owing owing) {
    Window window = new Window(from, until - SECOND, until);
    Answers answers = new Answers(stage.schedule(), load.sampled(), owing, window);
    stage.crowd().follow(answers, stage.audit());
    drive(stage, until);
    faults.add("a position older than the one held", answers.reordered());
    faults.add("a position that nobody sent", answers.unknown());
    long resident = ProcessUse.ofTrees(target.pids()).residentBytes();
    return new Part(name, answers.satisfied(), answers.latency(), resident);
  }

  private boolean stalls(int browser) {
    return few > 0 && new Sample(load.browsers(), few).place(browser) >= 0;
  }

  private void read(Crowd crowd, boolean on) {
    for (int browser = 0; browser < load.browsers(); browser++) {
      Browser one = crowd.browser(browser);
      if (one != null && stalls(browser)) {
        one.reading(on);
      }
    }
  }

  private void drive(Stage stage, long untilNanos) {
    stage.loop().drive(stage.fleet(), untilNanos, progress, target.name());
  }
}

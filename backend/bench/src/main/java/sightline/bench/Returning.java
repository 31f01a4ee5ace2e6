package sightline.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A gateway with many clients ends, in each manner in turn: how long until all are back, and what
 * the browsers of another gateway notice, which takes them in meanwhile. Owned by the generator's
 * thread.
 */
final class Returning implements Run.Course<List<Returning.Seen>> {
  private static final long LEAD_NANOS = 100_000_000;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long OPEN_NANOS = 120 * SECOND;
  private static final long SETTLE_NANOS = 5 * SECOND;

  /** What is looked at after the gateway's end. */
  private static final long WATCHED_NANOS = 31 * SECOND;

  /** A goal: the last one is back by then, s. */
  private static final double GOAL_SECONDS = 30;

  /** A goal: nothing that a live browser shows is older, ms. */
  private static final double GOAL_AGE_MILLIS = 2_000;

  private final StackProcess stack;
  private final InetSocketAddress first;
  private final InetSocketAddress later;
  private final Load load;
  private final int clients;
  private final List<End> ends;
  private final Faults faults;
  private final Progress progress;

  /** How the gateway goes. */
  enum End {
    /** By SIGTERM: it lets its clients go one by one. */
    stop,
    /** By SIGKILL. */
    kill
  }

  /**
   * @param load the live browsers' and the fleet's
   * @param clients of the gateway that ends
   */
  Returning(
      StackProcess stack, Load load, int clients, List<End> ends, Faults faults, Progress progress)
      throws IOException {
    this.stack = stack;
    first = stack.gateway(2);
    later = stack.browsers();
    this.load = load;
    this.clients = clients;
    this.ends = List.copyOf(ends);
    this.faults = faults;
    this.progress = progress;
  }

  /** What the live browsers noticed in some time. */
  record Noticed(double satisfied, Histogram latency, double generatorCores) {
    private double millis(double percentile) {
      return latency.getValueAtPercentile(percentile) / 1e6;
    }

    boolean starved() {
      return satisfied < Outcome.ENOUGH_SATISFIED || millis(100) > GOAL_AGE_MILLIS;
    }

    String row(String name) {
      return String.format(
          Locale.ROOT,
          "%-28s %9.4f %8.2f %8.2f %8.1f %9.2f%n",
          name,
          satisfied,
          millis(50),
          millis(99),
          millis(100),
          generatorCores);
    }
  }

  /** One end, and what came of it. */
  record Seen(End end, Noticed before, Noticed meanwhile, Returners.Came came) {
    static String head() {
      return String.format(
          Locale.ROOT,
          "%-28s %9s %8s %8s %8s %9s%n",
          "live browsers",
          "satisfied",
          "p50 ms",
          "p99 ms",
          "max ms",
          "generator");
    }

    boolean good() {
      return came.all()
          && came.lost() >= came.clients()
          && came.last() <= GOAL_SECONDS
          && !meanwhile.starved();
    }

    String rows() {
      return before.row("before")
          + meanwhile.row("from the " + end + ", 30 s")
          + String.format(
              Locale.ROOT,
              "%s: %,d of %,d clients lost, %,d told when to come; back after %.1f s (half), %.1f s"
                  + " (99 of 100), %.1f s (%s); %,d tries, %,d postponed, refused %s%n",
              end,
              came.lost(),
              came.clients(),
              came.warned(),
              came.half(),
              came.most(),
              came.last(),
              came.all() ? "the last" : "NOT ALL ARE BACK",
              came.tries(),
              came.postponed(),
              came.refused().isEmpty() ? "none" : came.refused());
    }
  }

  @Override
  public List<Seen> follow(Loop loop, Fleet fleet, Crowd crowd) {
    long start = System.nanoTime() + LEAD_NANOS;
    long startMillis = System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(LEAD_NANOS);
    Schedule schedule = new Schedule(load.devices(), load.intervalNanos(), start, startMillis);
    fleet.follow(schedule, new Window(start, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2));
    progress.phase("warming up");
    drive(loop, fleet, start + load.warmup().toNanos());
    List<Seen> seen = new ArrayList<>();
    for (End end : ends) {
      seen.add(seen(end, loop, fleet, crowd, schedule));
    }
    return seen;
  }

  private Seen seen(End end, Loop loop, Fleet fleet, Crowd crowd, Schedule schedule) {
    Returners returners = new Returners(loop, clients, first, later);
    try {
      progress.phase(clients + " clients come");
      long deadline = System.nanoTime() + OPEN_NANOS;
      while (!returners.allHere() && System.nanoTime() < deadline) {
        returners.openMore();
        drive(loop, fleet, System.nanoTime() + LEAD_NANOS / 100);
      }
      if (!returners.allHere()) {
        faults.add("only " + returners.here() + " of " + clients + " clients could connect");
      }
      drive(loop, fleet, System.nanoTime() + SETTLE_NANOS);
      progress.phase("before the " + end);
      Noticed before = noticed(loop, fleet, crowd, schedule, load.measured().toNanos());
      progress.phase("after the " + end);
      returners.begin();
      long signalled = System.nanoTime();
      end(end);
      Noticed meanwhile = noticed(loop, fleet, crowd, schedule, WATCHED_NANOS);
      Returners.Came came = returners.came(signalled);
      return new Seen(end, before, meanwhile, came);
    } finally {
      returners.leave();
      drive(loop, fleet, System.nanoTime() + SETTLE_NANOS);
    }
  }

  private void end(End how) {
    try {
      ProcessHandle gateway = ProcessHandle.of(stack.pid("gateway-2")).orElseThrow();
      boolean signalled = how == End.stop ? gateway.destroy() : gateway.destroyForcibly();
      if (!signalled) {
        faults.add("the gateway could not be signalled");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Noticed noticed(Loop loop, Fleet fleet, Crowd crowd, Schedule schedule, long nanos) {
    long from = System.nanoTime();
    long until = from + nanos;
    Answers answers =
        new Answers(schedule, load.sampled(), load.view(), new Window(from, until - SECOND, until));
    crowd.follow(answers, new Audit(schedule, faults));
    double cpu = ProcessUse.ofThis().cpuSeconds();
    drive(loop, fleet, until);
    faults.add("a position older than the one held", answers.reordered());
    faults.add("a position that nobody sent", answers.unknown());
    return new Noticed(
        answers.satisfied(),
        answers.latency(),
        (ProcessUse.ofThis().cpuSeconds() - cpu) / (nanos / 1e9));
  }

  private void drive(Loop loop, Fleet fleet, long untilNanos) {
    loop.drive(fleet, untilNanos, progress, "stack");
  }
}

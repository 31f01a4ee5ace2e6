package sightline.bench;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One run: opens the fleet and the browsers, follows the schedule through warm-up and measured
 * time, and closes everything. Belongs to the thread that calls {@link #measure}.
 */
final class Run {
  private static final long OPEN_SECONDS = 60;
  private static final long LEAD_NANOS = 100_000_000;
  private static final int RECORDED = 3;
  private static final long LEAVE_NANOS = 500_000_000;
  private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Target target;
  private final Load load;
  private final Progress progress;
  private final Faults faults = new Faults();

  Run(Target target, Load load, Progress progress) {
    this.target = target;
    this.load = load;
    this.progress = progress;
  }

  /**
   * @throws TimeoutException when the fleet and the browsers are not all connected within 60 s
   */
  Outcome measure() throws TimeoutException {
    return with(this::follow);
  }

  /** What is done once fleet and browsers are connected. */
  interface Course<T> {
    T follow(Loop loop, Fleet fleet, Crowd crowd);
  }

  /**
   * Connects all, does it, and leaves.
   *
   * @throws TimeoutException when the fleet and the browsers are not all connected within 60 s
   */
  <T> T with(Course<T> course) throws TimeoutException {
    try (Loop loop = new Loop()) {
      Fleet fleet =
          new Fleet(
              loop,
              target.devices(),
              load.devices(),
              target.wire(load.devices()),
              target.tls(),
              faults);
      Crowd crowd = new Crowd(loop, target, load, RECORDED, faults, fleet::sendDue);
      try {
        open(loop, fleet, crowd);
        return course.follow(loop, fleet, crowd);
      } finally {
        fleet.close();
        crowd.leave();
        drive(loop, fleet, System.nanoTime() + LEAVE_NANOS);
        crowd.close();
      }
    }
  }

  Faults faults() {
    return faults;
  }

  private void open(Loop loop, Fleet fleet, Crowd crowd) throws TimeoutException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(OPEN_SECONDS);
    try {
      loop.await(() -> fleet.ready() || !faults.none(), fleet::openMore, deadline, "devices");
      loop.await(() -> crowd.ready() || !faults.none(), crowd::openMore, deadline, "browsers");
    } catch (TimeoutException e) {
      throw late(fleet, crowd);
    }
    if (!fleet.ready() || !crowd.ready()) {
      throw late(fleet, crowd);
    }
  }

  private TimeoutException late(Fleet fleet, Crowd crowd) {
    return new TimeoutException(
        "only %d of %d devices and %d of %d browsers could connect to %s %s"
            .formatted(
                fleet.readyCount(),
                load.devices(),
                crowd.readyCount(),
                load.browsers(),
                target.name(),
                faults));
  }

  private Outcome follow(Loop loop, Fleet fleet, Crowd crowd) {
    ProcessUse system = ProcessUse.ofTrees(target.pids());
    long start = System.nanoTime() + LEAD_NANOS;
    long startMillis = System.currentTimeMillis() + TimeUnit.NANOSECONDS.toMillis(LEAD_NANOS);
    Schedule schedule = new Schedule(load.devices(), load.intervalNanos(), start, startMillis);
    long from = start + load.warmup().toNanos();
    long end = from + load.measured().toNanos();
    Window window = new Window(from, end - LAST_NANOS, end);
    Answers answers = new Answers(schedule, load.sampled(), view(), window);
    Audit audit = new Audit(schedule, faults);
    crowd.follow(answers, audit);
    fleet.follow(schedule, window);
    drive(loop, fleet, from);
    double systemBefore = system.cpuSeconds();
    double ownBefore = ProcessUse.ofThis().cpuSeconds();
    drive(loop, fleet, end);
    double ownSpent = ProcessUse.ofThis().cpuSeconds() - ownBefore;
    var spent = new ProcessUse.Spent(system.cpuSeconds() - systemBefore, system.residentBytes());
    return outcome(fleet, crowd, audit, answers, spent, ownSpent, window);
  }

  /** What the browsers are owed; the floor sends everything to everyone. */
  private View view() {
    return target instanceof Target.Floor ? View.all : load.view();
  }

  private void drive(Loop loop, Fleet fleet, long untilNanos) {
    loop.drive(fleet, untilNanos, progress, target.name());
  }

  private Outcome outcome(
      Fleet fleet,
      Crowd crowd,
      Audit audit,
      Answers answers,
      ProcessUse.Spent spent,
      double own,
      Window window) {
    faults.add("a position older than the one held", answers.reordered());
    faults.add("a position that nobody sent", answers.unknown());
    if (answers.latency().getTotalCount() == 0) {
      faults.add("no position was answered");
    }
    crowd.recordings().forEach(audit::check);
    if (audit.checked() == 0) {
      faults.add("no position could be compared with what was sent");
    }
    Traffic traffic = crowd.traffic();
    return new Outcome(
        answers.deliveredPerSecond() * traffic.scale(),
        answers.satisfied(),
        answers.latency(),
        fleet.lag(),
        answers.repeated(),
        audit.checked(),
        traffic,
        spent,
        own,
        window.seconds(),
        faults);
  }
}

package sightline.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Connects and disconnects in every manner while a fleet publishes to some steady browsers, and
 * looks at what the system holds before and after. Belongs to the bench's main thread.
 */
final class Churn implements AutoCloseable {
  private static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(300);
  private static final long LONGEST_RUN_NANOS = TimeUnit.HOURS.toNanos(2);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int COLLECTIONS = 3;
  private static final long SETTLE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Target target;
  private final Duration patience;
  private final Progress progress;
  private final Loop loop = new Loop();
  private final Faults faults = new Faults();
  private final byte[] request;
  private final Fleet fleet;
  private final Crowd steady;
  private final RemoteJvm jvm;
  private final ProcessUse process;

  /**
   * @param patience how long the server may take to drop the abandoned
   */
  Churn(Target target, int devices, int browsers, Duration patience, Progress progress)
      throws IOException {
    this.target = target;
    this.patience = patience;
    this.progress = progress;
    Load load =
        new Load(
            devices,
            2,
            browsers,
            Protocol.json,
            View.all,
            browsers,
            Duration.ZERO,
            Duration.ofSeconds(2));
    fleet = new Fleet(loop, target.devices(), devices, target.wire(devices), target.tls(), faults);
    steady = new Crowd(loop, target, load, 0, faults, fleet::sendDue);
    request = steady.request();
    if (target.pids().isEmpty()) {
      throw new IOException("churn needs the process's --pid");
    }
    jvm = new RemoteJvm(target.pids().getFirst());
    process = new ProcessUse(target.pids().subList(0, 1));
  }

  /** Starts the fleet and the steady browsers. */
  void start(int devices, int browsers, long intervalNanos) throws TimeoutException {
    long deadline = System.nanoTime() + OPEN_NANOS;
    loop.await(fleet::ready, fleet::openMore, deadline, "the fleet did not connect " + faults);
    loop.await(steady::ready, steady::openMore, deadline, "the browsers did not connect");
    long now = System.nanoTime();
    Schedule schedule = new Schedule(devices, intervalNanos, now, System.currentTimeMillis());
    Window window = new Window(now, now + LONGEST_RUN_NANOS, now + LONGEST_RUN_NANOS);
    steady.follow(
        new Answers(schedule, Sample.all(browsers), View.all, window), new Audit(schedule, faults));
    fleet.follow(schedule, window);
  }

  /** One round; afterwards every visitor is gone, by itself, by the server or dropped. */
  Round round(int visitors, int openAtOnce) throws TimeoutException {
    int before = process.descriptors();
    Visits visits = new Visits(loop, target.live(), request, visitors, openAtOnce);
    long deadline = System.nanoTime() + ROUND_NANOS;
    while (!visits.allCame()) {
      visits.openMore();
      turn("visitors come: " + visits, deadline);
      if (System.nanoTime() > deadline) {
        throw new TimeoutException("the round did not end: " + visits);
      }
    }
    visits.leave();
    long dropAt = System.nanoTime() + patience.toNanos();
    while (process.descriptors() > before && System.nanoTime() < dropAt) {
      look("waiting for the server to drop the abandoned", dropAt);
    }
    int byUs = Math.max(0, process.descriptors() - before);
    visits.dropRest();
    long settled = System.nanoTime() + SETTLE_NANOS;
    while (System.nanoTime() < settled) {
      look("settling", settled);
    }
    return new Round(visits.toString(), visits.mostOpen(), byUs);
  }

  /**
   * What the system holds after full collections, with the fleet going on around them; between the
   * collections cleaners have time to run, since what they hold is free only after that.
   */
  Holdings holdings() {
    for (int collection = 0; collection < COLLECTIONS; collection++) {
      jvm.collect();
      look("collecting", System.nanoTime() + LOOK_NANOS);
    }
    return jvm.holdings();
  }

  Faults faults() {
    return faults;
  }

  private void look(String what, long untilNanos) {
    long until = Math.min(untilNanos, System.nanoTime() + LOOK_NANOS);
    while (System.nanoTime() < until) {
      turn(what, untilNanos);
    }
  }

  private void turn(String what, long untilNanos) {
    loop.turn(fleet, Math.min(untilNanos, System.nanoTime() + LOOK_NANOS));
    progress.tick(what, untilNanos - System.nanoTime());
  }

  /**
   * What a round was.
   *
   * @param droppedByUs connections that the server still held after its time
   */
  record Round(String visits, int mostOpen, int droppedByUs) {}

  @Override
  public void close() throws IOException {
    fleet.close();
    steady.close();
    loop.close();
    jvm.close();
  }
}

package sightline.bridge;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.HotState;
import sightline.bus.LiveBus;
import sightline.history.EventLog;
import sightline.history.PositionStore;

/**
 * The bridge role, wired: MQTT to bus, events to history, the mirror of the fleet. Started and
 * closed by one thread; each part names its own.
 */
public final class Bridge implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Bridge.class);

  private final PositionStore positions;
  private final Rounds rounds;
  private final Commits commits;
  private final LiveLink live;
  private final EventLink events;
  private final Beats beats;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Not started yet. The caller holds the lease (in one process: the lock of the data directory).
   *
   * @param keepPositions positions older than this are counted and not stored
   * @param failed told once a defect or another bridge's fence has stopped a part of it
   */
  public Bridge(
      BridgeSettings settings,
      DevicesSettings devices,
      Duration keepPositions,
      LiveBus bus,
      HotState hot,
      EventLog log,
      PositionStore positions,
      MeterRegistry registry,
      InstantSource clock,
      Runnable failed) {
    this.positions = positions;
    long token = Math.max(log.fence() + 1, clock.millis());
    BridgeMetrics metrics = new BridgeMetrics(registry);
    Enrolment enrolment = new Enrolment(devices);
    LiveQueue queue = new LiveQueue(settings.queueCapacity());
    RecentKeys recent = new RecentKeys();
    WaitingEvents waiting =
        new WaitingEvents(settings.maxWaitingEvents(), settings.maxWaitingBytes());
    metrics.queueDepth(queue::depth);
    metrics.eventsWaiting(waiting::count);
    live = new LiveLink(settings, queue, enrolment, metrics, clock);
    FleetMirror mirror = new FleetMirror(settings.mirror().toMillis(), live.publisher());
    rounds =
        new Rounds(
            bus,
            hot,
            queue,
            mirror,
            metrics,
            clock,
            token,
            keepPositions.toMillis(),
            settings.signOfLife().toMillis(),
            failed);
    events = new EventLink(settings, waiting, recent, enrolment, queue, bus, metrics, clock, token);
    commits =
        new Commits(
            log,
            bus,
            waiting,
            recent,
            events.publisher(),
            metrics,
            token,
            settings.commitGroup(),
            failed);
    beats = new Beats(bus, live, commits, waiting, settings.beat());
  }

  /** Loads what history knows, then connects; returns before the broker has answered. */
  public void start() {
    rounds.start(positions.newest());
    commits.start();
    beats.start();
    events.start();
    live.start();
  }

  /** Whether both connections to the broker stand and are subscribed. */
  public boolean ready() {
    return live.ready() && events.ready();
  }

  /** Stops taking in, commits and sends what it holds, and leaves the broker; within about 15 s. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    live.close();
    commits.close();
    events.close();
    rounds.close();
    beats.close();
    log.info("The bridge has stopped");
  }
}

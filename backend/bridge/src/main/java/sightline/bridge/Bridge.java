package sightline.bridge;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.BusUnavailable;
import sightline.bus.HotState;
import sightline.bus.LiveBus;
import sightline.history.EventLog;
import sightline.history.PositionStore;
import sightline.protocol.Position;
import sightline.time.RoleClock;

/**
 * The bridge role, wired: MQTT to bus, events to history, the mirror of the fleet. Started and
 * closed by one thread; each part names its own.
 */
public final class Bridge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

  private static final int MOST_ASKED = 1_000;

  private final PositionStore positions;
  private final HotState hot;
  private final EventLog log;
  private final PendingEvents pending;
  private final RecentKeys recent = new RecentKeys();
  private final Enrolment enrolment;
  private final Rounds rounds;
  private final Commits commits;
  private final LiveLink live;
  private final EventLink events;
  private final Beats beats;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Not started yet.
   *
   * @param lease which the caller holds and keeps alive
   * @param brokerStarted when the broker started where it is known, epoch ms; else the broker's own
   *     word is taken, and {@code Long.MIN_VALUE} given
   * @param keepPositions positions older than this are counted and not stored
   * @param failed told once a defect or another bridge's fence has stopped a part of it
   */
  public Bridge(
      BridgeSettings settings,
      DevicesSettings devices,
      Lease lease,
      long brokerStarted,
      Duration keepPositions,
      LiveBus bus,
      HotState hot,
      EventLog log,
      PositionStore positions,
      MeterRegistry registry,
      RoleClock clock,
      Runnable failed) {
    this.positions = positions;
    this.hot = hot;
    this.log = log;
    BridgeMetrics metrics = new BridgeMetrics(registry, clock);
    enrolment = new Enrolment(devices);
    LiveQueue queue = new LiveQueue(settings.queueCapacity());
    WaitingEvents waiting =
        new WaitingEvents(settings.maxWaitingEvents(), settings.maxWaitingBytes(), clock::nanos);
    metrics.queueDepth(queue::depth);
    metrics.devices(enrolment::taken);
    metrics.eventsWaiting(waiting::count);
    pending = new PendingEvents(bus, hot, lease.token(), metrics, () -> fenced(failed));
    live = new LiveLink(settings, lease, queue, enrolment, metrics, clock);
    FleetMirror mirror = new FleetMirror(settings.mirror().toMillis(), live.publisher());
    Marks marks = new Marks();
    events =
        new EventLink(
            settings, lease, waiting, recent, enrolment, queue, pending, marks, metrics, clock);
    rounds =
        new Rounds(
            bus,
            pending,
            queue,
            mirror,
            marks,
            eventsConnection(events),
            enrolment,
            metrics,
            clock,
            lease.token(),
            keepPositions.toMillis(),
            settings.signOfLife().toMillis(),
            settings.roundRest(),
            brokerStarted,
            live.publisher(),
            failed);
    commits =
        new Commits(
            log,
            pending,
            waiting,
            recent,
            events.publisher(),
            metrics,
            lease.token(),
            settings.commitGroup(),
            failed);
    beats = new Beats(bus, live, commits, waiting, rounds, metrics, settings.beat(), failed);
  }

  /**
   * Loads hot state and what history knows, then connects; returns before the broker has answered.
   *
   * @throws sightline.history.HistoryUnavailable where history does not answer
   */
  public void start() {
    HotState.Snapshot left = left();
    commits.load();
    restore(left.pending());
    List<Position> newest = positions.newest();
    left.devices().forEach(device -> enrolment.know(device.id()));
    newest.forEach(position -> enrolment.know(position.device()));
    rounds.believe(positions::holds);
    rounds.start(left.devices(), newest, alarmed());
    commits.start();
    beats.start();
    events.start();
    live.start();
  }

  /** Devices of alarms that nobody has acknowledged, and when the newest of each was received. */
  private Map<String, Long> alarmed() {
    Map<String, Long> received = new HashMap<>();
    log.eachOpenAlarms(
        page ->
            page.forEach(open -> received.merge(open.key().device(), open.received(), Math::max)));
    received.keySet().forEach(enrolment::know);
    return received;
  }

  private static Rounds.Events eventsConnection(EventLink events) {
    return new Rounds.Events() {
      @Override
      public long connection() {
        return events.connection();
      }

      @Override
      public MqttPublisher publisher() {
        return events.publisher();
      }
    };
  }

  /**
   * Of what an earlier bridge left as pending, history may have some. To ask for each would keep
   * the start waiting after an outage of history; one too many is taken away once it comes again.
   */
  private void restore(List<HotState.PendingEvent> left) {
    int asked = 0;
    for (HotState.PendingEvent event : left) {
      boolean recorded =
          recent.contains(event.key()) || (asked++ < MOST_ASKED && log.find(event.key()) != null);
      if (!recorded) {
        pending.restore(event);
      }
    }
  }

  private HotState.Snapshot left() {
    try {
      return hot.read();
    } catch (BusUnavailable e) {
      LOG.warn("Hot state can't be read, and is made from history: {}", e.getMessage());
      return new HotState.Snapshot("", 0, 0, List.of(), List.of());
    }
  }

  private static void fenced(Runnable failed) {
    LOG.error("Another bridge has taken over: the bus refuses this one's token");
    failed.run();
  }

  /** Whether both connections to the broker stand and are subscribed. */
  public boolean ready() {
    return live.ready() && events.ready();
  }

  /**
   * A broker that is in this process ended a client's connection because another came with its id.
   * Any thread; waits for nothing.
   */
  public void takenOver(String client) {
    live.takenOver(client);
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
    LOG.info("The bridge has stopped");
  }
}

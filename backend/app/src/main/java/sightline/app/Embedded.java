package sightline.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.LoggerFactory;
import sightline.bridge.Bridge;
import sightline.broker.BrokerNotStarted;
import sightline.broker.EmbeddedBroker;
import sightline.bus.InProcessBus;
import sightline.device.SpoolException;
import sightline.gateway.Beside;
import sightline.gateway.Gateway;
import sightline.history.DamagedFile;
import sightline.history.EventLog;
import sightline.history.HistoryUnavailable;
import sightline.history.NewerSchema;
import sightline.history.PositionStore;
import sightline.history.Recorder;
import sightline.history.SqlitePositionStore;
import sightline.probe.Probe;
import sightline.simulator.Fleet;
import sightline.time.RoleClock;

/**
 * Every role in this process, wired by hand: what is opened first is closed last. Opened and closed
 * by the main thread.
 */
final class Embedded implements AutoCloseable {
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);
  private static final Duration READY_POLL = Duration.ofMillis(10);

  private final Settings settings;
  private final DataDirectory data;
  private final EventLogs eventLogs;
  private final Closing closing;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RoleClock clock = Clocks.system(metrics);

  private final Signals signals;

  /** Lets the probe, and nobody else, see its device. */
  private final String probeKey = ProbeKey.random();

  private int mqttPort;
  private int httpPort;

  /**
   * Nothing is opened yet.
   *
   * @param eventLogs which event log is kept
   * @param signals told, on any thread, once a role has failed for good
   */
  Embedded(Settings settings, DataDirectory data, EventLogs eventLogs, Signals signals) {
    this.settings = settings;
    this.data = data;
    this.eventLogs = eventLogs;
    this.signals = signals;
    this.closing = new Closing(settings.app().closeWithin());
    closing.add("metrics", metrics::close);
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new FileDescriptorMetrics().bindTo(metrics);
  }

  /**
   * Opens the roles, each once those that it needs are open; returns early where a stop is asked
   * for.
   *
   * @throws StartRefused where one can't start
   */
  void start() {
    try {
      Path history = data.folder("history");
      EventLog events = closing.add("event log", eventLogs.open(history, settings.history()));
      PositionStore positions =
          closing.add("positions", SqlitePositionStore.open(history, settings.history(), clock));
      InProcessBus bus = closing.add("bus", new InProcessBus(settings.app().streamPositions()));
      recorder(bus, positions, events);
      EmbeddedBroker broker = broker();
      Bridge bridge = bridge(bus, positions, events);
      broker.onTakeOver(bridge::takenOver);
      Probe probe = new Probe(probeKey, bus, () -> true, round -> {}, metrics, clock);
      Gateway gateway = gateway(bus, positions, events, bridge, probe);
      fleet();
      awaitReady(gateway);
      probe(probe);
    } catch (NewerSchema | DamagedFile | HistoryUnavailable | BrokerNotStarted e) {
      throw new StartRefused(e.getMessage() + ".");
    } catch (UncheckedIOException e) {
      throw new StartRefused(e.getMessage() + ".");
    } catch (SpoolException e) {
      throw new StartRefused("The simulated fleet can't start: " + e.getMessage() + ".");
    }
  }

  /** Where it is reached; once started. */
  Endpoints endpoints() {
    return new Endpoints(settings.broker().bind(), httpPort, mqttPort, data.path());
  }

  @Override
  public void close() {
    closing.close();
  }

  private void recorder(InProcessBus bus, PositionStore positions, EventLog events) {
    Recorder recorder =
        new Recorder(
            bus,
            bus,
            positions,
            events,
            settings.history(),
            clock,
            metrics,
            () -> signals.fail("the recorder has stopped by a defect"));
    recorder.start();
    closing.add("recorder", recorder);
  }

  private EmbeddedBroker broker() throws BrokerNotStarted {
    EmbeddedBroker broker =
        new EmbeddedBroker(
            settings.broker(),
            data.folder("broker"),
            why -> signals.fail("the MQTT broker has ended: " + why));
    broker.start();
    closing.add("broker", () -> closeQuietly(broker));
    mqttPort = broker.port();
    BrokerMetrics.bind(broker, metrics);
    return broker;
  }

  /** Artemis logs an error for each session that is still being cleaned up when it stops. */
  private static void closeQuietly(EmbeddedBroker broker) {
    for (String name : List.of("org.apache.activemq", "org.apache.activemq.artemis.core.server")) {
      if (LoggerFactory.getLogger(name) instanceof Logger logger) {
        logger.setLevel(Level.OFF);
      }
    }
    broker.close();
  }

  /** The data directory's lock is its lease. */
  private Bridge bridge(InProcessBus bus, PositionStore positions, EventLog events) {
    EmbeddedLease lease = new EmbeddedLease(Math.max(events.fence() + 1, clock.millis()));
    Bridge bridge =
        new Bridge(
            settings.bridge().withBroker(settings.broker().bind(), mqttPort).withoutRest(),
            settings.devices(),
            lease,
            clock.millis(),
            settings.history().positionsRetention(),
            bus,
            bus,
            events,
            positions,
            metrics,
            clock,
            () -> signals.fail("the bridge has stopped by a defect"));
    closing.add("bridge", bridge);
    bridge.start();
    return bridge;
  }

  private Gateway gateway(
      InProcessBus bus, PositionStore positions, EventLog events, Bridge bridge, Probe probe) {
    Beside beside =
        new Beside(probeKey, settings.probe().interval(), probe::rounds, List::of, data.path());
    Gateway gateway =
        new Gateway(
            settings.gateway(),
            settings.access(),
            bus,
            bus,
            events,
            positions,
            metrics,
            metrics::scrape,
            () -> bridge.ready() ? List.of() : List.of("the bridge is not connected to the broker"),
            clock,
            beside,
            () -> signals.fail("the gateway has stopped by a defect"));
    closing.add("gateway", gateway);
    gateway.start();
    httpPort = gateway.port();
    return gateway;
  }

  /** Measures once all is ready, so that a start is no failure. */
  private void probe(Probe probe) {
    closing.add("probe", probe);
    if (!signals.stopping()) {
      URI gateway = URI.create(endpoints().http().replace("http:", "ws:"));
      String server = settings.gateway().serverName();
      probe.start(settings.probe().at(settings.broker().bind(), mqttPort, gateway, server));
    }
  }

  private void awaitReady(Gateway gateway) {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!signals.stopping() && !gateway.notReady().isEmpty()) {
      if (System.nanoTime() - deadline > 0) {
        throw new StartRefused(
            "It is not ready after %d s: %s."
                .formatted(READY_WITHIN.toSeconds(), String.join(", ", gateway.notReady())));
      }
      LockSupport.parkNanos(READY_POLL.toNanos());
    }
  }

  private void fleet() throws SpoolException {
    if (settings.simulator().units() > 0) {
      URI broker = URI.create(endpoints().mqtt());
      Fleet fleet = closing.add("fleet", new Fleet(settings.simulator().fleet(broker, null)));
      fleet.start();
    }
  }
}

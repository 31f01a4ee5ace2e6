package sightline.app;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import sightline.bridge.Bridge;
import sightline.broker.BrokerNotStarted;
import sightline.broker.EmbeddedBroker;
import sightline.bus.InProcessBus;
import sightline.device.SpoolException;
import sightline.history.DamagedFile;
import sightline.history.EventLog;
import sightline.history.HistoryUnavailable;
import sightline.history.NewerSchema;
import sightline.history.PositionStore;
import sightline.history.Recorder;
import sightline.history.SqliteEventLog;
import sightline.history.SqlitePositionStore;
import sightline.simulator.Fleet;

/**
 * Every role in this process, wired by hand: what is opened first is closed last. Opened and closed
 * by the main thread.
 */
final class Embedded implements AutoCloseable {
  private static final InstantSource CLOCK = InstantSource.system();

  private final Settings settings;
  private final DataDirectory data;
  private final Closing closing;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  private final Runnable failed;

  private int mqttPort;

  /**
   * Nothing is opened yet.
   *
   * @param failed told, on any thread, once a role has failed for good
   */
  Embedded(Settings settings, DataDirectory data, Runnable failed) {
    this.settings = settings;
    this.data = data;
    this.failed = failed;
    this.closing = new Closing(settings.app().closeWithin());
    closing.add("metrics", metrics::close);
  }

  /**
   * Opens the roles, each once those that it needs are open.
   *
   * @throws StartRefused where one can't start
   */
  void start() {
    try {
      Path history = data.folder("history");
      EventLog events = closing.add("event log", SqliteEventLog.open(history, settings.history()));
      PositionStore positions =
          closing.add("positions", SqlitePositionStore.open(history, settings.history(), CLOCK));
      InProcessBus bus = closing.add("bus", new InProcessBus(settings.app().streamPositions()));
      recorder(bus, positions, events);
      broker();
      bridge(bus, positions, events);
      fleet();
    } catch (NewerSchema | DamagedFile | HistoryUnavailable | BrokerNotStarted e) {
      throw new StartRefused(e.getMessage() + ".");
    } catch (SpoolException e) {
      throw new StartRefused("The simulated fleet can't start: " + e.getMessage() + ".");
    }
  }

  /** Where it is reached; once started. */
  Endpoints endpoints() {
    return new Endpoints(settings.broker().bind(), mqttPort, data.path());
  }

  @Override
  public void close() {
    closing.close();
  }

  private void recorder(InProcessBus bus, PositionStore positions, EventLog events) {
    Recorder recorder =
        new Recorder(bus, bus, positions, events, settings.history(), CLOCK, metrics);
    recorder.start();
    closing.add("recorder", recorder);
  }

  private void broker() throws BrokerNotStarted {
    EmbeddedBroker broker = new EmbeddedBroker(settings.broker(), data.folder("broker"));
    broker.start();
    closing.add("broker", broker);
    mqttPort = broker.port();
  }

  /** The data directory's lock is its lease. */
  private void bridge(InProcessBus bus, PositionStore positions, EventLog events) {
    Bridge bridge =
        new Bridge(
            settings.bridge().withBroker(settings.broker().bind(), mqttPort),
            settings.devices(),
            settings.history().positionsRetention(),
            bus,
            bus,
            events,
            positions,
            metrics,
            CLOCK,
            failed);
    closing.add("bridge", bridge);
    bridge.start();
  }

  private void fleet() throws SpoolException {
    if (settings.simulator().units() > 0) {
      URI broker = URI.create(endpoints().mqtt());
      Fleet fleet = closing.add("fleet", new Fleet(settings.simulator().fleet(broker)));
      fleet.start();
    }
  }
}

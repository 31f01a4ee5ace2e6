package sightline.app;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import sightline.broker.BrokerNotStarted;
import sightline.broker.EmbeddedBroker;
import sightline.bus.InProcessBus;
import sightline.history.DamagedFile;
import sightline.history.EventLog;
import sightline.history.HistoryUnavailable;
import sightline.history.NewerSchema;
import sightline.history.PositionStore;
import sightline.history.Recorder;
import sightline.history.SqliteEventLog;
import sightline.history.SqlitePositionStore;

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

  private int mqttPort;

  /** Nothing is opened yet. */
  Embedded(Settings settings, DataDirectory data) {
    this.settings = settings;
    this.data = data;
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
      mqttPort = broker();
    } catch (NewerSchema | DamagedFile | HistoryUnavailable e) {
      throw new StartRefused(e.getMessage() + ".");
    } catch (BrokerNotStarted e) {
      throw new StartRefused(e.getMessage() + ".");
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

  private int broker() throws BrokerNotStarted {
    EmbeddedBroker broker = new EmbeddedBroker(settings.broker(), data.folder("broker"));
    broker.start();
    closing.add("broker", broker);
    return broker.port();
  }
}

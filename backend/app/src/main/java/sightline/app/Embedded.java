package sightline.app;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import sightline.broker.BrokerNotStarted;
import sightline.broker.EmbeddedBroker;

/**
 * Every role in this process, wired by hand: what is opened first is closed last. Opened and closed
 * by the main thread.
 */
final class Embedded implements AutoCloseable {
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
    mqttPort = broker();
  }

  /** Where it is reached; once started. */
  Endpoints endpoints() {
    return new Endpoints(settings.broker().bind(), mqttPort, data.path());
  }

  @Override
  public void close() {
    closing.close();
  }

  private int broker() {
    Path directory = data.path().resolve("broker");
    try {
      EmbeddedBroker broker = new EmbeddedBroker(settings.broker(), directory);
      closing.add("broker", broker);
      broker.start();
      return broker.port();
    } catch (BrokerNotStarted e) {
      throw new StartRefused(e.getMessage() + "; choose another port with --mqtt-port.");
    }
  }
}

package sightline.probe;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.mqtt.MqttSettings;
import sightline.time.Outage;

/**
 * Listens to what the broker tells of itself, and connects anew where it hears nothing. What is
 * told meanwhile is missed. Has a virtual thread of its own.
 */
public final class BrokerWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BrokerWatch.class);
  private static final long WITHIN_SECONDS = 5;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final MqttSettings broker;
  private final String id;
  private final BrokerFigures figures;
  private final Thread thread;

  /** Owned by the thread of this. */
  private final Outage outage =
      new Outage(System::nanoTime, () -> ThreadLocalRandom.current().nextDouble(), LONGEST_PAUSE);

  /**
   * Begins to connect.
   *
   * @param broker where its {@code $SYS} may be read
   * @param id the client's, of its own: it begins with {@code _sightline}
   */
  public BrokerWatch(MqttSettings broker, String id, BrokerFigures figures) {
    this.broker = broker;
    this.id = id;
    this.figures = figures;
    this.thread = Thread.ofVirtual().name("broker-watch").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        once();
        Thread.sleep(outage.pause());
      }
    } catch (InterruptedException e) {
      LOG.debug("the broker is not watched any more");
    }
  }

  /** One connection, for as long as something comes by it. */
  private void once() throws InterruptedException {
    Mqtt5AsyncClient client = null;
    try {
      client = Clients.of(broker, id);
      client.publishes(MqttGlobalPublishFilter.ALL, this::hear);
      var _ = client.connect().get(WITHIN_SECONDS, TimeUnit.SECONDS);
      // The log by QoS 1: a client may leave out what comes by QoS 0 when much comes at once.
      var _ =
          client
              .subscribeWith()
              .topicFilter("$SYS/broker/#")
              .qos(MqttQos.AT_LEAST_ONCE)
              .send()
              .get(WITHIN_SECONDS, TimeUnit.SECONDS);
      do {
        Thread.sleep(Duration.ofNanos(BrokerFigures.SILENT_NANOS));
        if (figures.heard()) {
          boolean _ = outage.succeeded();
        }
      } while (figures.heard() && client.getState().isConnected());
      complain("it tells nothing of itself");
    } catch (ExecutionException | TimeoutException | IOException | RuntimeException e) {
      // Of any kind: nobody else would watch the broker.
      complain(e.toString());
    } finally {
      if (client != null) {
        var _ = client.disconnect();
      }
    }
  }

  private void complain(String why) {
    if (outage.failed()) {
      LOG.warn("the broker at {} can't be watched: {}", broker.url(), why);
    }
  }

  private void hear(Mqtt5Publish message) {
    String payload = new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
    figures.hear(message.getTopic().toString(), payload, message.isRetain());
  }

  /** Ends its connection, within a moment. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

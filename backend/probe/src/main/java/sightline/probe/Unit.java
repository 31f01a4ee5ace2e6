package sightline.probe;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import sightline.mqtt.MqttSettings;

/**
 * The probe's device: publishes positions, and hears them back from the broker. Opened and closed
 * by the probe's thread; messages come on the MQTT client's.
 */
final class Unit implements AutoCloseable {
  private final Mqtt5AsyncClient client;
  private final String topic;
  private volatile Awaited awaited = new Awaited("", new CompletableFuture<>());

  private record Awaited(String payload, CompletableFuture<Long> back) {}

  /**
   * Not connected yet.
   *
   * @throws IOException where its certificate or key can't be read
   */
  Unit(MqttSettings broker, String device) throws IOException {
    topic = "devices/" + device + "/location";
    client = Clients.of(broker, device);
  }

  /** Connects and subscribes. */
  void connect(Duration within) throws InterruptedException, ExecutionException, TimeoutException {
    client.publishes(MqttGlobalPublishFilter.ALL, this::hear);
    var _ = client.connect().get(within.toMillis(), TimeUnit.MILLISECONDS);
    var _ =
        client
            .subscribeWith()
            .topicFilter(topic)
            .qos(MqttQos.AT_MOST_ONCE)
            .send()
            .get(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Publishes a position; gives when, by {@link System#nanoTime}.
   *
   * @param time the position's, epoch ms
   */
  long publish(long time) {
    String payload = "{\"timestamp\":" + time + ",\"lat\":0,\"lon\":0}";
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    awaited = new Awaited(payload, new CompletableFuture<>());
    long now = System.nanoTime();
    var _ = client.publishWith().topic(topic).payload(bytes).qos(MqttQos.AT_MOST_ONCE).send();
    return now;
  }

  /** When the broker gave the last one back, by {@link System#nanoTime}. */
  CompletableFuture<Long> back() {
    return awaited.back;
  }

  private void hear(Mqtt5Publish message) {
    Awaited now = awaited;
    if (now.payload.equals(new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8))) {
      now.back.complete(System.nanoTime());
    }
  }

  @Override
  public void close() {
    var _ = client.disconnect();
  }
}

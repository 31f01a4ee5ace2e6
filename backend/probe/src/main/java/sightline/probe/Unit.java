package sightline.probe;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The probe's device: publishes one position, and hears it back from the broker. Opened and closed
 * by the probe's thread; messages come on the MQTT client's.
 */
final class Unit implements AutoCloseable {
  private final Mqtt5AsyncClient client;
  private final String topic;
  private final byte[] payload;
  private final CompletableFuture<Long> back = new CompletableFuture<>();

  /**
   * Not connected yet.
   *
   * @param time the position's, epoch ms
   */
  Unit(String host, int port, String device, long time) {
    topic = "devices/" + device + "/location";
    payload = ("{\"timestamp\":" + time + ",\"lat\":0,\"lon\":0}").getBytes(StandardCharsets.UTF_8);
    client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(device)
            .serverHost(host)
            .serverPort(port)
            .executorConfig()
            .nettyThreads(1)
            .applyExecutorConfig()
            .buildAsync();
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

  /** Publishes the position; gives when, by {@link System#nanoTime}. */
  long publish() {
    long now = System.nanoTime();
    var _ = client.publishWith().topic(topic).payload(payload).qos(MqttQos.AT_MOST_ONCE).send();
    return now;
  }

  /** When the broker gave it back, by {@link System#nanoTime}. */
  CompletableFuture<Long> back() {
    return back;
  }

  private void hear(Mqtt5Publish message) {
    if (Arrays.equals(payload, message.getPayloadAsBytes())) {
      back.complete(System.nanoTime());
    }
  }

  @Override
  public void close() {
    var _ = client.disconnect();
  }
}

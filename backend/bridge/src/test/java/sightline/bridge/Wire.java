package sightline.bridge;

import static org.junit.jupiter.api.Assertions.fail;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A stock MQTT client beside the bridge: publishes as a device does, and keeps all that it hears.
 */
final class Wire implements AutoCloseable {
  private static final long DEADLINE_NANOS = 10_000_000_000L;
  private final Mqtt5BlockingClient client;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  Wire(int port, String... filters) {
    this(port, "wire", List.of(filters));
  }

  /** With a client id of its own. */
  Wire(int port, String id, List<String> filters) {
    client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(id)
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildBlocking();
    client.connect();
    for (String filter : filters) {
      client
          .toAsync()
          .subscribeWith()
          .topicFilter(filter)
          .qos(MqttQos.AT_LEAST_ONCE)
          .callback(
              m ->
                  heard.add(
                      m.getTopic()
                          + " "
                          + new String(m.getPayloadAsBytes(), StandardCharsets.UTF_8)))
          .send()
          .join();
    }
  }

  void publish(String topic, String payload) {
    client
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload(payload.getBytes(StandardCharsets.UTF_8))
        .send();
  }

  void retain(String topic, String payload) {
    client
        .publishWith()
        .topic(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(true)
        .payload(payload.getBytes(StandardCharsets.UTF_8))
        .send();
  }

  List<String> heard() {
    return List.copyOf(heard);
  }

  long count(String message) {
    return heard.stream().filter(message::equals).count();
  }

  /** Waits for a condition, with a deadline. */
  static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        fail("not in time: " + what);
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public void close() {
    client.disconnect();
  }
}

package sightline.device;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Hears all that devices publish, and can answer as the bridge does. Its lock is itself. */
final class Ears implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final Mqtt5AsyncClient client;
  private final List<Heard> heard = new ArrayList<>();

  /** A message that arrived. */
  record Heard(String topic, String payload, int qos, boolean retained) {}

  /** Subscribed when it returns; {@code alsoDo} runs with each message, on the network thread. */
  Ears(int port, Consumer<Heard> alsoDo) throws Exception {
    client =
        Mqtt5Client.builder()
            .identifier("ears")
            .serverHost("127.0.0.1")
            .serverPort(port)
            .buildAsync();
    client.connect().get(10, TimeUnit.SECONDS);
    client.publishes(
        MqttGlobalPublishFilter.ALL,
        publish -> {
          Heard message = heard(publish);
          add(message);
          alsoDo.accept(message);
        });
    for (String leaf : List.of("location", "status", "events")) {
      client
          .subscribeWith()
          .topicFilter("devices/+/" + leaf)
          .qos(MqttQos.AT_LEAST_ONCE)
          .send()
          .get(10, TimeUnit.SECONDS);
    }
  }

  void answer(String device, String json) {
    var _ =
        client
            .publishWith()
            .topic("devices/" + device + "/acks")
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(json.getBytes(StandardCharsets.UTF_8))
            .send();
  }

  /** The payloads of a topic's end ({@code events}), once they are what is waited for. */
  synchronized List<String> await(String leaf, Predicate<List<String>> condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      List<String> payloads = payloads(leaf);
      if (condition.test(payloads)) {
        return payloads;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("in vain; heard on " + leaf + ": " + payloads);
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  synchronized List<Heard> messages(String leaf) {
    return heard.stream().filter(message -> message.topic().endsWith("/" + leaf)).toList();
  }

  synchronized void forget() {
    heard.clear();
  }

  private List<String> payloads(String leaf) {
    return messages(leaf).stream().map(Heard::payload).toList();
  }

  private synchronized void add(Heard message) {
    heard.add(message);
    notifyAll();
  }

  private static Heard heard(Mqtt5Publish publish) {
    return new Heard(
        publish.getTopic().toString(),
        new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8),
        publish.getQos().getCode(),
        publish.isRetain());
  }

  @Override
  public void close() {
    client.disconnect().orTimeout(10, TimeUnit.SECONDS).exceptionally(alreadyGone -> null).join();
  }
}

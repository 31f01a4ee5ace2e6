package sightline.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fleet's topics cost, and that what devices have in common does not mix them up. */
class ManyDevicesTest {
  private static final BrokerSettings ANY_PORT =
      new BrokerSettings("127.0.0.1", 0, 256 * 1024, 64L << 20, Duration.ofHours(1));
  private static final int DEVICES = 1_000;

  /** 12 KiB are measured; with a paging store for each topic 30, with Artemis's own buffers 44. */
  private static final long MOST_BYTES_A_DEVICE = 22 * 1024;

  @TempDir private Path directory;

  @Test
  void aDeviceCostsLittleAndWhatIsRetainedOfEachIsItsOwn() throws Exception {
    try (EmbeddedBroker broker = new EmbeddedBroker(ANY_PORT, directory)) {
      broker.start();
      Mqtt5BlockingClient all = Clients.of(broker, "all");
      all.connect();
      publish(all, "warm-up");
      long before = heap();
      for (int i = 0; i < DEVICES; i++) {
        publish(all, "dev-" + i);
      }
      long each = (heap() - before) / DEVICES;
      assertTrue(each < MOST_BYTES_A_DEVICE, "a device takes " + each + " bytes");

      publish(all, "dev-7");
      Mqtt5BlockingClient late = Clients.of(broker, "late");
      late.connect();
      Map<String, String> retained = new TreeMap<>();
      try (var messages = late.publishes(MqttGlobalPublishFilter.ALL)) {
        late.subscribeWith().topicFilter("fleet/+/location").send();
        while (retained.size() <= DEVICES) {
          Mqtt5Publish message = messages.receive(5, TimeUnit.SECONDS).orElseThrow();
          String payload = new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
          retained.put(message.getTopic().toString(), payload);
        }
      }
      retained.forEach((topic, payload) -> assertEquals(topic, "fleet/" + payload + "/location"));
      late.disconnect();
      all.disconnect();
    }
  }

  /** The publish of a device, and the bridge's of the same; the last one is acknowledged. */
  private static void publish(Mqtt5BlockingClient client, String device) {
    byte[] payload = device.getBytes(StandardCharsets.UTF_8);
    client.publishWith().topic("devices/" + device + "/location").payload(payload).send();
    client
        .publishWith()
        .topic("fleet/" + device + "/location")
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(true)
        .payload(payload)
        .send();
  }

  private static long heap() throws InterruptedException {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 3; i++) {
      memory.gc();
      Thread.sleep(100);
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}

package sightline.broker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the broker says that went through it, and that it dropped. */
class BrokerCountsTest {
  private static final int RING = 10_000;

  @TempDir private Path directory;
  private EmbeddedBroker broker;

  @BeforeEach
  void start() throws BrokerNotStarted {
    broker =
        new EmbeddedBroker(
            new BrokerSettings("127.0.0.1", 0, 256 * 1024, 8L << 20, Duration.ofHours(1)),
            directory);
    broker.start();
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private static void await(BooleanSupplier wanted) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!wanted.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not come");
      Thread.sleep(10);
    }
  }

  private static void publish(Mqtt5BlockingClient client, String topic, int bytes) {
    client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(new byte[bytes]).send();
  }

  @Test
  void publishesAreCountedInBothDirectionsAndGoodbyesApartFromBreaks() throws Exception {
    Mqtt5BlockingClient reader = Clients.of(broker, "reader");
    Mqtt5BlockingClient device = Clients.of(broker, "dev-1");
    reader.connect();
    reader.subscribeWith().topicFilter("devices/+/location").qos(MqttQos.AT_MOST_ONCE).send();
    device.connect();
    for (int i = 0; i < 20; i++) {
      publish(device, "devices/dev-1/location", 10);
    }
    await(() -> broker.counts().in() == 20 && broker.counts().out() == 20);
    device.disconnect();
    await(() -> broker.counts().left() == 1);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
      // MQTT 3.1.1 CONNECT, clean session, client id "x"; then the connection just breaks.
      byte[] connect = "\20\15\0\4MQTT\4\2\0\74\0\1x".getBytes(StandardCharsets.ISO_8859_1);
      socket.getOutputStream().write(connect);
      assertTrue(socket.getInputStream().read() > 0);
    }
    await(() -> broker.counts().lost() == 1);
    reader.disconnect();
    await(() -> broker.counts().left() == 2);
  }

  @Test
  @Tag("slow")
  void whatASubscriberThatIsAwayLosesIsCounted() throws Exception {
    Mqtt5BlockingClient away = Clients.of(broker, "away");
    away.connectWith().cleanStart(false).sessionExpiryInterval(3_600).send();
    away.subscribeWith().topicFilter("devices/+/location").qos(MqttQos.AT_LEAST_ONCE).send();
    away.disconnect();
    Mqtt5BlockingClient device = Clients.of(broker, "dev-1");
    device.connect();
    for (int i = 0; i < RING + 50; i++) {
      publish(device, "devices/dev-1/location", 10);
    }
    await(() -> broker.counts().dropped() >= 50);
    device.disconnect();
  }

  @Test
  void whatFullMemoryDropsIsCounted() throws Exception {
    Mqtt5BlockingClient away = Clients.of(broker, "away");
    away.connectWith().cleanStart(false).sessionExpiryInterval(3_600).send();
    away.subscribeWith().topicFilter("devices/+/location").qos(MqttQos.AT_LEAST_ONCE).send();
    away.disconnect();
    Mqtt5BlockingClient device = Clients.of(broker, "dev-1");
    device.connect();
    for (int i = 0; i < 200; i++) {
      publish(device, "devices/dev-1/location", 100 * 1024);
    }
    await(() -> broker.counts().dropped() > 0);
    assertTrue(broker.counts().dropped() < 200);
    device.disconnect();
  }
}

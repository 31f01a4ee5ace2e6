package sightline.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {
  private static final BrokerSettings ANY_PORT =
      new BrokerSettings("127.0.0.1", 0, 256 * 1024, 64L << 20, Duration.ofHours(1));

  @TempDir private Path directory;
  private EmbeddedBroker broker;

  @BeforeEach
  void start() throws BrokerNotStarted {
    broker = new EmbeddedBroker(ANY_PORT, directory);
    broker.start();
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private static String next(Mqtt5BlockingClient.Mqtt5Publishes messages) throws Exception {
    Mqtt5Publish message = messages.receive(5, TimeUnit.SECONDS).orElseThrow();
    return message.getTopic()
        + " "
        + new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void publishesThatAreUnderWayTogetherArriveInTheirOrder() throws Exception {
    Mqtt5BlockingClient reader = Clients.of(broker, "reader");
    Mqtt5BlockingClient device = Clients.of(broker, "dev-1");
    reader.connect();
    try (var messages = reader.publishes(MqttGlobalPublishFilter.ALL)) {
      reader.subscribeWith().topicFilter("devices/+/events").qos(MqttQos.AT_LEAST_ONCE).send();
      device.connect();
      Semaphore underWay = new Semaphore(10);
      for (int i = 0; i < 1_000; i++) {
        assertTrue(underWay.tryAcquire(5, TimeUnit.SECONDS));
        var _ =
            device
                .toAsync()
                .publishWith()
                .topic("devices/dev-1/events")
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(Integer.toString(i).getBytes(StandardCharsets.UTF_8))
                .send()
                .whenComplete((_, _) -> underWay.release());
      }
      for (int i = 0; i < 1_000; i++) {
        assertEquals("devices/dev-1/events " + i, next(messages));
      }
    }
    device.disconnect();
    reader.disconnect();
  }

  @Test
  void aMessageReachesAWildcardSubscriber() throws Exception {
    Mqtt5BlockingClient reader = Clients.of(broker, "reader");
    Mqtt3BlockingClient device =
        MqttClient.builder()
            .useMqttVersion3()
            .identifier("dev-1")
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .buildBlocking();
    reader.connect();
    try (var messages = reader.publishes(MqttGlobalPublishFilter.ALL)) {
      reader.subscribeWith().topicFilter("devices/+/location").send();
      device.connect();
      device
          .publishWith()
          .topic("devices/dev-1/location")
          .payload("x".getBytes(StandardCharsets.UTF_8))
          .send();
      assertEquals("devices/dev-1/location x", next(messages));
    } finally {
      device.disconnect();
      reader.disconnect();
    }
  }

  @Test
  void aTopicIsTakenAsItIsWithDotsAndSlashesWhereverTheyStand() throws Exception {
    Mqtt5BlockingClient reader = Clients.of(broker, "reader");
    Mqtt5BlockingClient device = Clients.of(broker, "dev-1");
    reader.connect();
    try (var messages = reader.publishes(MqttGlobalPublishFilter.ALL)) {
      for (String filter : List.of("devices/+/location", "devices/+/+/+/#", "/devices/#")) {
        reader.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send();
      }
      device.connect();
      for (String topic :
          List.of(
              "devices/a.b/location",
              "devices/.a/location",
              "devices/a/b/location",
              "devices/a/location/",
              "/devices/a/location",
              "devices//location")) {
        device
            .publishWith()
            .topic(topic)
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload("x".getBytes(StandardCharsets.UTF_8))
            .send();
        assertEquals(topic + " x", next(messages));
      }
    } finally {
      device.disconnect();
      reader.disconnect();
    }
  }

  @Test
  void aBrokenConnectionPublishesItsRetainedLastWill() throws Exception {
    Mqtt5BlockingClient reader = Clients.of(broker, "reader");
    reader.connect();
    try (var messages = reader.publishes(MqttGlobalPublishFilter.ALL)) {
      reader.subscribeWith().topicFilter("devices/+/status").qos(MqttQos.AT_LEAST_ONCE).send();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), broker.port())) {
        OutputStream out = socket.getOutputStream();
        out.write(connectWithWill("dev-2", "devices/dev-2/status", "gone"));
        out.flush();
        assertEquals(0x20, socket.getInputStream().read(), "CONNACK");
      }
      assertEquals("devices/dev-2/status gone", next(messages));
    } finally {
      reader.disconnect();
    }
    Mqtt5BlockingClient late = Clients.of(broker, "late");
    late.connect();
    try (var messages = late.publishes(MqttGlobalPublishFilter.ALL)) {
      late.subscribeWith().topicFilter("devices/+/status").send();
      assertEquals("devices/dev-2/status gone", next(messages));
    } finally {
      late.disconnect();
    }
  }

  @Test
  void aPersistentSessionAndRetainedMessagesSurviveARestart() throws Exception {
    Mqtt5BlockingClient bridge = Clients.of(broker, "bridge");
    bridge.connectWith().cleanStart(false).sessionExpiryInterval(3600).send();
    bridge.subscribeWith().topicFilter("devices/+/events").qos(MqttQos.AT_LEAST_ONCE).send();
    bridge.disconnect();
    Mqtt5BlockingClient device = Clients.of(broker, "dev-1");
    device.connect();
    device
        .publishWith()
        .topic("devices/dev-1/events")
        .qos(MqttQos.AT_LEAST_ONCE)
        .payload("e1".getBytes(StandardCharsets.UTF_8))
        .send();
    device
        .publishWith()
        .topic("devices/dev-1/status")
        .qos(MqttQos.AT_LEAST_ONCE)
        .retain(true)
        .payload("on".getBytes(StandardCharsets.UTF_8))
        .send();
    device.disconnect();
    broker.close();
    start();

    Mqtt5BlockingClient again = Clients.of(broker, "bridge");
    try (var messages = again.publishes(MqttGlobalPublishFilter.ALL)) {
      assertTrue(
          again
              .connectWith()
              .cleanStart(false)
              .sessionExpiryInterval(3600)
              .send()
              .isSessionPresent());
      assertEquals("devices/dev-1/events e1", next(messages));
      again.subscribeWith().topicFilter("devices/+/status").send();
      assertEquals("devices/dev-1/status on", next(messages));
    } finally {
      again.disconnect();
    }
  }

  @Test
  void aSubscriberThatDoesNotReadTakesNothingFromTheOthers() throws Exception {
    Mqtt5BlockingClient reader = Clients.of(broker, "reader");
    Mqtt5BlockingClient device = Clients.of(broker, "dev-1");
    byte[] payload = new byte[1_000];
    try (Socket stuck = new Socket()) {
      stuck.setReceiveBufferSize(4_096);
      stuck.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port()));
      stuck.getOutputStream().write(connectWithWill("stuck", "x", "y"));
      stuck.getOutputStream().write(subscribe("devices/+/location"));
      stuck.getOutputStream().flush();
      assertEquals(0x20, stuck.getInputStream().read(), "CONNACK");
      reader.connect();
      device.connect();
      try (var messages = reader.publishes(MqttGlobalPublishFilter.ALL)) {
        reader.subscribeWith().topicFilter("devices/+/location").send();
        for (int i = 0; i < 60_000; i++) {
          device.publishWith().topic("devices/dev-1/location").payload(payload).send();
          assertTrue(messages.receive(5, TimeUnit.SECONDS).isPresent(), "message " + i);
        }
      }
    }
    device.disconnect();
    reader.disconnect();
  }

  private static byte[] subscribe(String filter) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(0);
    body.write(1);
    field(body, filter);
    body.write(0);
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(0x82);
    packet.write(body.size());
    packet.writeBytes(body.toByteArray());
    return packet.toByteArray();
  }

  @Test
  void aTakenPortIsSaidInOneLine(@TempDir Path other) throws Exception {
    EmbeddedBroker second =
        new EmbeddedBroker(
            new BrokerSettings(
                "127.0.0.1", broker.port(), 256 * 1024, 64L << 20, Duration.ofHours(1)),
            other);
    BrokerNotStarted refused = assertThrows(BrokerNotStarted.class, second::start);
    assertFalse(String.valueOf(refused.getMessage()).contains("\n"), refused.getMessage());
  }

  @Test
  void aBrokerWhoseFolderIsTakenAwaySaysThatItHasEnded(@TempDir Path other) throws Exception {
    CompletableFuture<String> ended = new CompletableFuture<>();
    Path folder = other.resolve("broker");
    try (EmbeddedBroker lost = new EmbeddedBroker(ANY_PORT, folder, ended::complete)) {
      lost.start();
      Mqtt5AsyncClient device = Clients.of(lost, "dev-1").toAsync();
      var _ = device.connect().get(10, TimeUnit.SECONDS);
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
      byte[] payload = new byte[100 * 1024];
      for (int i = 0; i < 400 && !ended.isDone(); i++) {
        var _ =
            device
                .publishWith()
                .topic("devices/dev-1/status")
                .qos(MqttQos.AT_LEAST_ONCE)
                .retain(true)
                .payload(payload)
                .send();
      }
      assertFalse(ended.get(30, TimeUnit.SECONDS).contains("\n"));
    }
  }

  private static byte[] connectWithWill(String id, String topic, String payload) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    field(body, "MQTT");
    body.write(4);
    body.write(0x02 | 0x04 | 0x08 | 0x20);
    body.write(0);
    body.write(60);
    field(body, id);
    field(body, topic);
    field(body, payload);
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(0x10);
    packet.write(body.size());
    packet.writeBytes(body.toByteArray());
    return packet.toByteArray();
  }

  private static void field(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes.length >> 8);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }
}

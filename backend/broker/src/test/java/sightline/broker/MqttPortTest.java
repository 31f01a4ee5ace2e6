package sightline.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The MQTT port speaks MQTT alone, and what is no client yet is bounded (P60). */
class MqttPortTest {
  private static final int PACKET = 256 * 1024;
  private static final int AN_ADDRESS = 8;
  private static final Duration WITHIN = Duration.ofMillis(600);

  @TempDir private Path directory;
  private EmbeddedBroker broker;

  @BeforeEach
  void start() throws BrokerNotStarted {
    broker =
        new EmbeddedBroker(
            new BrokerSettings("127.0.0.1", 0, PACKET, 64L << 20, Duration.ofHours(1)),
            directory,
            why -> {},
            new Handshakes.Bounds(WITHIN, 32 * 1024, AN_ADDRESS, 100));
    broker.start();
  }

  @AfterEach
  void stop() {
    broker.close();
  }

  private static void await(BooleanSupplier wanted) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!wanted.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not come");
      Thread.sleep(5);
    }
  }

  private long refused(Refusals.Reason reason) {
    return broker.refusals().count(reason);
  }

  @Test
  void whatBeginsAsHttpIsCutAtTheFirstBytes() throws Exception {
    String upgrade =
        """
        GET / HTTP/1.1
        Host: 127.0.0.1
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        Sec-WebSocket-Protocol: mqtt

        """
            .replace("\n", "\r\n");
    List<String> begun = List.of(upgrade, "G", "OPTIONS * HTTP/1.1\r\n", "PRI * HTTP/2.0\r\n");
    for (String bytes : begun) {
      try (RawClient page = new RawClient(broker)) {
        page.say(bytes);
        assertEquals(-1, page.readOrEnd(), "not a byte is answered to " + bytes);
      }
    }
    await(() -> refused(Refusals.Reason.NOT_MQTT) == begun.size());
  }

  @Test
  void aPostOfAGigabyteIsNotRead() throws Exception {
    try (RawClient page = new RawClient(broker)) {
      long sent = 0;
      try {
        page.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n");
        sent = page.pour(1L << 30);
      } finally {
        assertTrue(sent < 16L << 20, "it took " + sent);
      }
    }
  }

  @Test
  void whoSaysNoWholeConnectInTimeIsCut() throws Exception {
    byte[] half = new byte[] {0x10, 20, 0, 4, 'M', 'Q'};
    try (RawClient silent = new RawClient(broker);
        RawClient slow = new RawClient(broker).say(half)) {
      assertTrue(silent.ended());
      assertTrue(slow.ended());
    }
    await(() -> refused(Refusals.Reason.SILENT) == 2 && broker.handshakes() == 0);
  }

  @Test
  void theOldestOfTooManyHalfHandshakesMakesRoomForAClient() throws Exception {
    List<RawClient> silent = new ArrayList<>();
    try {
      for (int i = 0; i < AN_ADDRESS; i++) {
        silent.add(new RawClient(broker));
      }
      Mqtt5BlockingClient device = Clients.of(broker, "dev-1");
      device.connect();
      assertTrue(broker.handshakes() <= AN_ADDRESS);
      device.disconnect();
    } finally {
      for (RawClient each : silent) {
        each.close();
      }
    }
    await(() -> broker.handshakes() == 0);
    assertEquals(1, refused(Refusals.Reason.TOO_MANY));
  }

  @Test
  void aConnectThatIsTooLargeOrNoneIsCutBeforeItIsRead() throws Exception {
    byte[] large = RawClient.packet(0x10, new byte[40_000]);
    try (RawClient client = new RawClient(broker).say(large[0], large[1], large[2], large[3])) {
      assertTrue(client.ended());
    }
    try (RawClient client = new RawClient(broker)) {
      client.say(RawClient.packet(0x10, "\0\4HTTP\4\2\0\0\0\1x".getBytes(StandardCharsets.UTF_8)));
      assertTrue(client.ended());
    }
    assertEquals(1, refused(Refusals.Reason.TOO_LARGE));
    assertEquals(1, refused(Refusals.Reason.NOT_MQTT));
  }

  @Test
  void aConnectMayComeByteByByteAndPublishesRightBehindIt() throws Exception {
    Mqtt5BlockingClient reader = Clients.of(broker, "reader");
    reader.connect();
    try (var messages = reader.publishes(MqttGlobalPublishFilter.ALL);
        RawClient device = new RawClient(broker)) {
      reader.subscribeWith().topicFilter("devices/+/events").send();
      byte[] connect = RawClient.connect("dev-1");
      for (int i = 0; i < connect.length - 1; i++) {
        device.say(connect[i]);
      }
      byte[] rest = RawClient.publish("devices/dev-1/events", new byte[] {'x'});
      byte[] together = new byte[1 + rest.length];
      together[0] = connect[connect.length - 1];
      System.arraycopy(rest, 0, together, 1, rest.length);
      device.say(together);
      assertTrue(messages.receive(10, TimeUnit.SECONDS).isPresent());
    }
    reader.disconnect();
  }

  @Test
  void aPacketUpToTheBoundIsTakenAndALargerOneEndsItsConnectionCountedByItsClient()
      throws Exception {
    int header = 1 + 3 + 2 + "devices/dev-1/events".length() + 2;
    try (RawClient device = new RawClient(broker).say(RawClient.connect("dev-1"))) {
      for (int i = 0; i < 4; i++) {
        assertTrue(device.read() >= 0, "CONNACK");
      }
      device.say(RawClient.publish("devices/dev-1/events", new byte[PACKET - header]));
      assertEquals(0x40, device.read(), "PUBACK");
      device.say(RawClient.publish("devices/dev-1/events", new byte[PACKET - header + 1]));
      assertTrue(device.ended());
    }
    await(() -> refused(Refusals.Reason.TOO_LARGE) == 1);
  }
}

package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscribe;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import sightline.broker.BrokerSettings;
import sightline.broker.EmbeddedBroker;
import sightline.mqtt.MqttSettings;

/** A connection of the bridge's: what ends it, what does not, and what an outage costs. */
class MqttLinkTest {
  private static final Duration OUTAGE = Duration.ofMinutes(5);

  @TempDir private Path directory;
  private final BridgeMetrics metrics = new BridgeMetrics(new SimpleMeterRegistry());
  private final Logger logger = (Logger) LoggerFactory.getLogger(MqttLink.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
  }

  private static MqttSettings at(int port) {
    return new MqttSettings("mqtt://127.0.0.1:" + port, null, null, null, "", null);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Test
  void aBrokerThatIsAwayForFiveMinutesCostsAHundredAttemptsAndOneLine() throws Exception {
    AtomicLong nanos = new AtomicLong();
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch over = new CountDownLatch(1);
    Lease counting =
        new Lease() {
          @Override
          public long token() {
            return 1;
          }

          @Override
          public boolean holds() {
            attempts.incrementAndGet();
            return true;
          }
        };
    MqttLink.Sleep sleep =
        time -> {
          if (nanos.addAndGet(time.toNanos()) >= OUTAGE.toNanos()) {
            over.countDown();
            Thread.sleep(Duration.ofDays(1));
          }
        };
    try (MqttLink link =
        link(at(closedPort()), counting, (message, connection) -> {}, nanos, sleep)) {
      link.start();
      assertTrue(over.await(60, TimeUnit.SECONDS));
      assertTrue(attempts.get() < 150, attempts + " attempts, each with a call to Redis");
      assertEquals(1, lines.list.size(), lines.list.toString());
    }
  }

  @Test
  void aMessageThatCanNotBeHandledCutsNothingAndDoesNotComeAgain() throws Exception {
    BrokerSettings settings =
        new BrokerSettings("127.0.0.1", 0, 256 * 1024, 64L << 20, Duration.ofHours(1));
    List<String> heard = new CopyOnWriteArrayList<>();
    MqttLink.Receiver receiver =
        (message, connection) -> {
          String text = new String(message.getPayloadAsBytes(), StandardCharsets.UTF_8);
          heard.add(text + " by " + connection);
          if (text.equals("poison")) {
            throw new IllegalStateException("a defect");
          }
          message.acknowledge();
        };
    try (EmbeddedBroker broker = new EmbeddedBroker(settings, directory)) {
      broker.start();
      try (Wire wire = new Wire(broker.port())) {
        try (MqttLink link = link(broker, receiver)) {
          link.start();
          Wire.until("it is connected", link::ready);
          wire.publish("devices/a/events", "poison");
          wire.publish("devices/a/events", "good");
          Wire.until("both came", () -> heard.size() == 2);
        }
        wire.publish("devices/a/events", "later");
        try (MqttLink link = link(broker, receiver)) {
          link.start();
          Wire.until("the next one came", () -> heard.size() == 3);
        }
      }
    }
    assertEquals(List.of("poison by 1", "good by 1", "later by 1"), heard);
    assertEquals(1, metrics.defects.count());
    assertTrue(
        lines.list.stream()
            .anyMatch(line -> line.getFormattedMessage().contains("devices/a/events")));
  }

  private MqttLink link(EmbeddedBroker broker, MqttLink.Receiver receiver) {
    return link(
        at(broker.port()), new Held(1), receiver, new AtomicLong(), time -> Thread.sleep(time));
  }

  private MqttLink link(
      MqttSettings at,
      Lease lease,
      MqttLink.Receiver receiver,
      AtomicLong nanos,
      MqttLink.Sleep sleep) {
    return new MqttLink(
        "bridge-test",
        at,
        lease,
        Mqtt5Connect.builder().cleanStart(false).noSessionExpiry().build(),
        Mqtt5Subscribe.builder().topicFilter("devices/+/events").qos(MqttQos.AT_LEAST_ONCE).build(),
        null,
        receiver,
        metrics,
        nanos::get,
        sleep);
  }
}

package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sightline.bus.InProcessBus;
import sightline.time.RoleClock;

/** P9: no payload ends a connection of the bridge, whatever its topic. */
class LinkFuzzTest {
  private static final long SEED = 20_260_101;
  private static final int ROUNDS = 30_000;
  private static final List<String> TOPICS =
      List.of(
          "devices/d/location",
          "devices/d/status",
          "devices/d/events",
          "fleet/d/location",
          "sightline/beat",
          "$SYS/broker/uptime",
          "$SYS/broker/publish/messages/dropped",
          "devices/d.e/location",
          "devices//status",
          "fleet//location",
          "/");
  private static final List<String> WORDS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "null",
          "true",
          "-1",
          "0",
          "1e999",
          "1E67225600123",
          "1.5",
          "\"\"",
          "\"lat\"",
          "\"lon\"",
          "\"timestamp\"",
          "\"online\"",
          "\"type\"",
          "\"id\"",
          "\"locations\"",
          "\"data\"",
          "\"severity\"",
          "\"2026-01-01T00:00:00Z\"",
          "\"NaN\"",
          "\"\\ud800\"",
          "999999999999999999999",
          "{\"online\":true}",
          "[]",
          "{}",
          "[[]]",
          "{\"timestamp\":1767225600123,\"lat\":1,\"lon\":2}",
          "123 seconds");

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final BridgeMetrics metrics = new BridgeMetrics(registry);
  private final RoleClock clock = RoleClock.system();
  private final LiveQueue queue = new LiveQueue(100_000);
  private final Enrolment enrolment = new Enrolment(DevicesSettings.DEFAULT);
  private final Held lease = new Held(1);
  private final LiveLink live =
      new LiveLink(BridgeSettings.DEFAULT, lease, queue, enrolment, metrics, clock);
  private final WaitingEvents waiting = new WaitingEvents(65_535, 1L << 30, System::nanoTime);
  private final InProcessBus bus = new InProcessBus(10);
  private final EventLink events =
      new EventLink(
          BridgeSettings.DEFAULT,
          lease,
          waiting,
          new RecentKeys(),
          enrolment,
          queue,
          new PendingEvents(bus, bus, 1, metrics, () -> {}),
          new Marks(),
          metrics,
          clock);

  private void live(String topic, byte[] payload, boolean retained) {
    live.receive(
        Mqtt5Publish.builder()
            .topic(topic)
            .qos(MqttQos.AT_MOST_ONCE)
            .payload(payload)
            .retain(retained)
            .build(),
        1);
  }

  private void event(String topic, byte[] payload) throws InterruptedException {
    events.receive(
        topic,
        payload,
        -1,
        new WaitingEvents.Delivery() {
          @Override
          public long connection() {
            return 1;
          }

          @Override
          public void acknowledge() {}
        });
    var _ = waiting.done(waiting.next(100, 0));
  }

  @Test
  void anEmptyListThatTheMirrorRetainsIsNothing() throws Exception {
    live("fleet/z/location", "[]".getBytes(StandardCharsets.UTF_8), true);
    assertEquals(0, queue.depth());
    assertEquals(0, defects());
  }

  @Test
  void noPayloadOnAnyTopicIsADefect() throws Exception {
    Random random = new Random(SEED);
    List<LiveInput> taken = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      byte[] payload = random.nextBoolean() ? bytes(random) : words(random);
      String topic = TOPICS.get(random.nextInt(TOPICS.size()));
      String what =
          "seed " + SEED + ", round " + round + ", " + topic + " " + Arrays.toString(payload);
      try {
        live(topic, payload, random.nextBoolean());
        event(topic, payload);
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError(what, e);
      }
      if (queue.depth() > 50_000) {
        taken.clear();
        queue.take(taken, 0);
      }
    }
    assertEquals(0, defects());
    assertTrue(
        registry.counter("sightline.bridge.rejected", "reason", "malformed").count() > 1_000);
  }

  private double defects() {
    return registry.counter("sightline.bridge.rejected", "reason", "defect").count();
  }

  private static byte[] bytes(Random random) {
    byte[] payload = new byte[random.nextInt(200)];
    random.nextBytes(payload);
    return payload;
  }

  private static byte[] words(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(24); i >= 0; i--) {
      text.append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}

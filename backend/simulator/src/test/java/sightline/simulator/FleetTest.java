package sightline.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sightline.broker.BrokerSettings;
import sightline.broker.EmbeddedBroker;

@Timeout(120)
@Tag("slow")
class FleetTest {
  private static final Pattern SEQ = Pattern.compile("\"seq\":([0-9]+)");
  private static final Pattern EVENT = Pattern.compile("\"id\":\"([^\"]*)\"");

  @TempDir private Path directory;
  private final Map<String, List<Long>> seqs = new ConcurrentHashMap<>();
  private final Map<String, List<Long>> laterSeqs = new ConcurrentHashMap<>();
  private final Map<String, String> statuses = new ConcurrentHashMap<>();
  private EmbeddedBroker broker;
  private Mqtt5AsyncClient ears;

  @BeforeEach
  void listen() throws Exception {
    broker =
        new EmbeddedBroker(
            new BrokerSettings("127.0.0.1", 0, 1 << 18, 64L << 20, Duration.ofHours(1)),
            directory.resolve("broker"));
    broker.start();
    ears =
        Mqtt5Client.builder()
            .identifier("ears")
            .serverHost("127.0.0.1")
            .serverPort(broker.port())
            .buildAsync();
    ears.connect().get(10, TimeUnit.SECONDS);
    ears.publishes(MqttGlobalPublishFilter.ALL, this::hear);
    for (String leaf : List.of("location", "status", "events")) {
      ears.subscribeWith()
          .topicFilter("devices/+/" + leaf)
          .qos(MqttQos.AT_LEAST_ONCE)
          .send()
          .get(10, TimeUnit.SECONDS);
    }
  }

  @AfterEach
  void leave() throws Exception {
    ears.disconnect().get(10, TimeUnit.SECONDS);
    broker.close();
  }

  @Test
  void aFleetConnectsMovesIsAnsweredAndSaysGoodbye() throws Exception {
    FleetSettings settings =
        FleetSettings.of(40, 11, URI.create("mqtt://127.0.0.1:" + broker.port()))
            .every(Duration.ofMillis(200))
            .connectedWithin(Duration.ofSeconds(1))
            .criticalEvery(Duration.ofSeconds(5))
            .spoolIn(directory.resolve("spool"));
    Fleet fleet = new Fleet(settings);
    try (fleet) {
      fleet.start();
      until("all connected", () -> fleet.counts().connected() >= 38);
      until("positions of all", () -> seqs.size() == 40);
      until("events answered", () -> fleet.counts().eventsAcknowledged() >= 5);
      FleetCounts counts = fleet.counts();
      assertEquals(0, counts.positionsLost());
      assertEquals(0, counts.eventsRefused() + counts.eventsRejected());
      assertTrue(statuses.getOrDefault("V-001", "").contains("\"name\":\"Patrol "));
    }
    assertEquals(0, fleet.counts().connected());
    until("goodbyes", () -> statuses.values().stream().allMatch(s -> s.contains("false")));
    assertFalse(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.isAlive() && thread.getName().startsWith("fleet-mover")));
  }

  @Test
  void aTunnelGivesABacklogThatArrivesWholeAndInOrder() throws Exception {
    FleetSettings settings =
        FleetSettings.of(
                100, seedWithAnEarlyTunnel(100), URI.create("mqtt://127.0.0.1:" + broker.port()))
            .connectedWithin(Duration.ofSeconds(1));
    try (Fleet fleet = new Fleet(settings)) {
      fleet.start();
      until("a backlog came", () -> fleet.counts().positionsFromBacklog() >= 10);
      until("it arrived", () -> laterSeqs.values().stream().anyMatch(list -> list.size() >= 5));
    }
    laterSeqs.forEach(
        (unit, later) -> {
          List<Long> sorted = later.stream().sorted().toList();
          assertEquals(sorted, later, unit + "'s backlog is out of order");
          List<Long> all = new ArrayList<>(seqs.getOrDefault(unit, List.of()));
          all.addAll(later);
          for (long seq = later.getFirst(); seq <= later.getLast(); seq++) {
            assertTrue(all.contains(seq), unit + " lacks position " + seq);
          }
        });
  }

  /** A seed with which a unit drops off the network in the first seconds and is soon back. */
  private static long seedWithAnEarlyTunnel(int size) {
    RoadNetwork network = RoadNetwork.shipped();
    for (long seed = 1; ; seed++) {
      World world = new World(network, size, seed, Duration.ofMinutes(3));
      for (Unit unit : world.units()) {
        int away = 0;
        for (int step = 0; step < 24; step++) {
          unit.advance(0.5);
          away += unit.covered() ? 0 : 1;
          if (step == 4 && away > 0) {
            break;
          }
        }
        if (away >= 6 && unit.covered()) {
          return seed;
        }
      }
    }
  }

  private void hear(Mqtt5Publish publish) {
    List<String> topic = publish.getTopic().getLevels();
    String unit = topic.get(1);
    String payload = new String(publish.getPayloadAsBytes(), StandardCharsets.UTF_8);
    switch (topic.get(2)) {
      case "location" -> {
        boolean later = payload.contains("\"locations\"");
        Map<String, List<Long>> heard = later ? laterSeqs : seqs;
        List<Long> list = heard.computeIfAbsent(unit, _ -> new ArrayList<>());
        for (Matcher seq = SEQ.matcher(payload); seq.find(); ) {
          list.add(Long.valueOf(seq.group(1)));
        }
        if (later) {
          answer(unit, "batch", payload);
        }
      }
      case "status" -> statuses.put(unit, payload);
      case "events" -> answer(unit, "event", payload);
      default -> throw new AssertionError(publish.toString());
    }
  }

  private void answer(String unit, String what, String payload) {
    Matcher id = EVENT.matcher(payload);
    assertTrue(id.find(), payload);
    var _ =
        ears.publishWith()
            .topic("devices/" + unit + "/acks")
            .qos(MqttQos.AT_LEAST_ONCE)
            .payload(
                ("{\"" + what + "\":\"" + id.group(1) + "\"}").getBytes(StandardCharsets.UTF_8))
            .send();
  }

  private static void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("in vain: " + what);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}

package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.protocol.ProbeRound;

/** What a health page reads: parts, figures, and what the probe measured. */
final class HealthApiTest {
  private final long now = System.currentTimeMillis();

  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(directory).start();
    Await.until(() -> rig.gateway.notReady().isEmpty());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private JsonNode json(String path) throws Exception {
    var answer = Http.get(rig.port(), path);
    assertEquals(200, answer.statusCode(), answer.body());
    return LiveClient.JSON.readTree(answer.body());
  }

  private JsonNode part(String name) throws Exception {
    for (JsonNode part : json("/api/v1/health").path("parts")) {
      if (part.path("name").asText().equals(name)) {
        return part;
      }
    }
    throw new AssertionError("there is no part " + name);
  }

  private void awaitPart(String name, Predicate<JsonNode> wanted) {
    Await.until(
        () -> {
          try {
            return wanted.test(part(name));
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static Predicate<JsonNode> state(String state) {
    return part -> part.path("state").asText().equals(state);
  }

  /** P37: what is shed is said, by every gateway, whose own metrics do not have the bridge's. */
  @Test
  void aBridgeThatShedsPositionsIsLateAndSaysHowMany() throws Exception {
    awaitPart("bridge", state("up"));
    assertEquals(0, part("bridge").path("figures").path("positionsShed").asInt(-1));

    rig.shed = 370;
    awaitPart("bridge", state("late"));
    assertEquals(370, part("bridge").path("figures").path("positionsShed").asInt());
    assertEquals("fresh", json("/api/v1/health").path("state").asText());
  }

  /** P37: what the broker drops no other part can count; it is said where the operator looks. */
  @Test
  void aBrokerThatDropsMessagesIsLateAndSaysHowMany() throws Exception {
    awaitPart("broker", state("up"));

    rig.dropped = 12;
    awaitPart("broker", state("late"));
    assertEquals(12, part("broker").path("figures").path("dropped").asInt());
    assertEquals("fresh", json("/api/v1/health").path("state").asText());
  }

  @Test
  void everyPartIsUpAndHasItsFigures() throws Exception {
    awaitPart("recorder", state("up"));
    try (LiveClient client = rig.liveAll()) {
      rig.publish(Rig.device("dev-1", 1, 2, 3));
      client.await("update");
      JsonNode health = json("/api/v1/health");
      assertEquals("fresh", health.path("state").asText());
      assertTrue(health.path("ready").asBoolean());
      for (String name : new String[] {"broker", "bridge", "bus", "gateway", "history"}) {
        assertEquals("up", part(name).path("state").asText(), name);
      }
      JsonNode gateway = part("gateway");
      assertEquals("gateway-1", gateway.path("instance").asText());
      assertEquals(1, gateway.path("figures").path("clients").asInt());
      awaitPart("gateway", part -> part.path("figures").path("positionsPerSecond").asDouble() > 0);
    }
  }

  @Test
  void aPartThatFallsSilentIsLateAndWhatItSpokeForIsUnknown() throws Exception {
    awaitPart("bridge", state("up"));
    rig.stopBeating();
    awaitPart("bridge", state("late"));
    awaitPart("broker", state("unknown"));
    awaitPart("recorder", state("late"));
    Await.until(() -> !rig.gateway.hub().health().now().fresh());
    assertEquals("stale", json("/api/v1/health").path("state").asText());
  }

  @Test
  void aProbeThatDiedIsDownWhateverItMeasuredLast() throws Exception {
    rig.rounds.add(new ProbeRound(System.currentTimeMillis() - 30_000, "g", null, 1, 1, 1, 3));
    assertEquals("up", part("probe").path("state").asText());
    assertTrue(part("probe").path("ageMs").asLong() >= 30_000);
    rig.rounds.clear();
    rig.rounds.add(new ProbeRound(System.currentTimeMillis() - 91_000, "g", null, 1, 1, 1, 3));
    assertEquals("down", part("probe").path("state").asText());
    assertTrue(part("probe").path("ageMs").asLong() >= 91_000);
  }

  @Test
  void theOtherGatewaysStandBesideThisOneWithTheirBrowsers() throws Exception {
    rig.others.add(new OtherGateway("gateway-2", 4, 1_500));
    rig.others.add(new OtherGateway("gateway-3", 7, 60_000));
    List<JsonNode> gateways =
        json("/api/v1/health")
            .path("parts")
            .valueStream()
            .filter(part -> part.path("name").asText().equals("gateway"))
            .toList();
    assertEquals(
        List.of("gateway-1 up 0", "gateway-2 up 4", "gateway-3 down 7"),
        gateways.stream()
            .map(
                each ->
                    each.path("instance").asText()
                        + " "
                        + each.path("state").asText()
                        + " "
                        + each.path("figures").path("clients").asInt())
            .toList());
  }

  @Test
  void whatTheProbeMeasuredIsListedAndSummedUp() throws Exception {
    assertTrue(json("/api/v1/health/latency").path("satisfied").isNull());
    assertEquals("unknown", part("probe").path("state").asText());
    rig.rounds.add(new ProbeRound(now - 7_200_000, "g", null, 1, 1, 1, 3));
    rig.rounds.add(new ProbeRound(now - 90_000, "g", null, 0.5, 1, 0.5, 2));
    rig.rounds.add(new ProbeRound(now - 60_000, "g", null, 1, 1_000, 1, 1_002));
    rig.rounds.add(
        new ProbeRound(now - 30_000, "g", "bridge", 0.4, Double.NaN, Double.NaN, Double.NaN));
    JsonNode latency = json("/api/v1/health/latency");
    assertEquals(3, latency.path("measured").asInt());
    assertEquals(1, latency.path("failed").asInt());
    assertEquals(0.3333, latency.path("satisfied").asDouble());
    assertEquals(1_002, latency.path("hops").path("total").path("p95").asDouble());
    assertEquals(2, latency.path("hops").path("total").path("p50").asDouble());
    assertEquals("bridge", latency.path("items").get(2).path("failed").asText());
    assertFalse(latency.path("items").get(2).has("total"));
    assertEquals("down", part("probe").path("state").asText());
    assertEquals(1_002, part("probe").path("figures").path("totalMs").asDouble());

    JsonNode first = json("/api/v1/health/latency?limit=2");
    assertEquals(2, first.path("items").size());
    JsonNode rest = json("/api/v1/health/latency?limit=2&cursor=" + first.path("next").asText());
    assertEquals(1, rest.path("items").size());
    assertEquals(3, rest.path("measured").asInt());
    assertEquals(
        4, json("/api/v1/health/latency?from=" + (now - 8_000_000)).path("measured").asInt());
  }
}

package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.protocol.DeviceEvent;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** The past, told as it was. */
final class ReplayTest {
  /** Ten minutes ago, on a whole second. */
  private final long begin = System.currentTimeMillis() / 1_000 * 1_000 - 600_000;

  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(directory).start();
    rig.publish(Rig.device("dev-1", 10, 20, 0));
    Await.until(() -> rig.gateway.notReady().isEmpty());
    Await.until(() -> rig.gateway.hub().health().recordedThrough() > 0);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void moved(String device, long after, double lat, double speed) {
    long at = begin + after;
    rig.positions.store(
        List.of(
            new Position(
                device, new Order(at, 0), at, at, false, lat, 20, 90, speed, 5, Double.NaN)),
        "c");
  }

  private DeviceEvent happened(String id, long after, String severity) {
    long at = begin + after;
    return new DeviceEvent(
        "dev-1", id, at, at, "alert", severity, "Panic", Double.NaN, Double.NaN, null);
  }

  private LiveClient replay(long from, long to, String more) throws Exception {
    return LiveClient.at(
        rig.port(), "/replay?from=" + (begin + from) + "&to=" + (begin + to) + more);
  }

  @Test
  void itBeginsWithThePictureAndTheOpenAlarmsOfItsMoment() throws Exception {
    moved("dev-1", -60_000, 1, 0);
    moved("dev-1", -5_000, 2, 9);
    moved("dev-2", -120_000, 3, 9);
    moved("dev-1", 1_000, 4, 9);
    moved("_sightline-x", -1_000, 5, 9);
    rig.commit(happened("open", -4_000, "critical"), happened("done", -4_000, "critical"));
    rig.commit(happened("calm", -4_000, "info"));
    rig.log.acknowledge(happened("done", 0, "critical").key(), "local", begin - 1, null);
    try (LiveClient client = replay(0, 60_000, "")) {
      assertEquals(1, client.await("welcome").path("protocol").asInt());
      JsonNode clock = client.await("replay");
      assertEquals(begin, clock.path("time").asLong());
      assertEquals(begin + 60_000, clock.path("to").asLong());
      JsonNode devices = client.await("snapshot").path("devices");
      assertEquals(2, devices.size());
      JsonNode one = devices.get(0);
      assertEquals("dev-1", one.path("id").asText());
      assertEquals(2, one.path("lat").asDouble());
      assertEquals("moving", one.path("state").asText());
      assertEquals("Unit dev-1", one.path("name").asText());
      assertTrue(one.path("alarm").asBoolean());
      assertEquals("stale", devices.get(1).path("state").asText());
      JsonNode events = client.await("events").path("events");
      assertEquals(1, events.size());
      assertEquals("open", events.get(0).path("id").asText());
    }
  }

  @Test
  void itTellsWhatHappenedInItsOrderAndItsEnd() throws Exception {
    for (int i = 0; i < 20; i++) {
      moved("dev-1", 1_000 + i * 1_000, 10 + i, 9);
    }
    rig.commit(happened("a", 5_500, "critical"));
    rig.log.acknowledge(happened("a", 0, "critical").key(), "local", begin + 7_500, "seen");
    try (LiveClient client = replay(0, 21_000, "&speed=20")) {
      JsonNode last = client.await("replay", message -> message.path("ended").asBoolean());
      assertEquals(begin + 21_000, last.path("time").asLong());
      assertFalse(last.path("playing").asBoolean());
      client.await("replay");
      List<Long> times = new ArrayList<>();
      long shown = 0;
      List<String> news = new ArrayList<>();
      for (JsonNode message : client.seen) {
        switch (message.path("type").asText()) {
          case "replay" -> shown = message.path("time").asLong();
          case "update" -> {
            for (JsonNode device : message.path("devices")) {
              assertTrue(device.path("timestamp").asLong() < shown);
              times.add(device.path("timestamp").asLong());
              if (device.has("alarm")) {
                news.add("alarm " + device.path("alarm").asBoolean());
              }
            }
          }
          case "events" -> message.path("events").forEach(e -> news.add(e.path("id").asText()));
          case "acknowledged" -> news.add("acknowledged " + message.path("note").asText());
          default -> {}
        }
      }
      assertEquals(times.stream().sorted().toList(), times);
      assertTrue(times.stream().distinct().count() > 8, times::toString);
      assertEquals(begin + 20_000, times.getLast());
      assertEquals(
          List.of("alarm false", "alarm true", "a", "alarm false", "acknowledged seen"), news);
    }
  }

  @Test
  void timeStandsStillWhenPausedAndJumpsWhereItIsTold() throws Exception {
    moved("dev-1", 100, 1, 9);
    moved("dev-1", 30_000, 2, 9);
    try (LiveClient client = replay(0, 60_000, "&devices=dev-1")) {
      client.await("snapshot");
      client.send("{\"type\":\"pause\"}");
      JsonNode paused = client.await("replay", message -> !message.path("playing").asBoolean());
      JsonNode later = client.await("replay");
      assertEquals(paused.path("time"), later.path("time"));
      client.send("{\"type\":\"seek\",\"time\":" + (begin + 40_000) + "}");
      JsonNode there = client.await("snapshot").path("devices").get(0);
      assertEquals(2, there.path("lat").asDouble());
      client.send("{\"type\":\"seek\",\"time\":1}");
      assertEquals(0, client.await("snapshot").path("devices").size());
      client.send("{\"type\":\"speed\",\"speed\":60}");
      client.send("{\"type\":\"play\"}");
      client.await("replay", message -> message.path("ended").asBoolean());
      client.send("{\"type\":\"dance\"}");
      assertEquals("bad-message", client.await("error").path("code").asText());
    }
  }

  @Test
  void aUnitThatFallsSilentTurnsStaleInThePastToo() throws Exception {
    moved("dev-1", -500, 1, 9);
    try (LiveClient client = replay(0, 60_000, "&speed=60")) {
      JsonNode update = client.await("update");
      assertEquals("stale", update.path("devices").get(0).path("state").asText());
    }
  }

  @Test
  void timeStandsStillWhileHistoryIsAway() throws Exception {
    moved("dev-1", 2_000, 1, 9);
    rig.breakable.away = true;
    try (LiveClient client = replay(0, 10_000, "&speed=10")) {
      assertEquals("history", client.await("error").path("code").asText());
      rig.breakable.away = false;
      assertEquals(0, client.await("snapshot").path("devices").size());
      client.await("replay", message -> message.path("ended").asBoolean());
    }
  }

  /** P41: a proxy takes silence for the end. */
  @Test
  void theMomentIsToldAgainWhileHistoryIsRead() throws Exception {
    moved("dev-1", -1_000, 1, 9);
    rig.breakable.held = new CountDownLatch(1);
    try (LiveClient client = replay(0, 60_000, "")) {
      client.await("welcome");
      for (int i = 0; i < 4; i++) {
        assertEquals(begin, client.await("replay").path("time").asLong());
      }
      assertTrue(client.seen.stream().noneMatch(m -> m.path("type").asText().equals("snapshot")));
      rig.breakable.held.countDown();
      client.await("snapshot");
    }
  }

  @Test
  void whatIsReadForOneWhoHasGoneIsEnded() throws Exception {
    rig.breakable.held = new CountDownLatch(1);
    try (LiveClient client = replay(0, 60_000, "")) {
      client.await("welcome");
      Await.until(() -> rig.breakable.waiting.get() == 1);
    }
    Await.until(() -> rig.breakable.waiting.get() == 0);
    Await.until(() -> rig.metrics.get("sightline.gateway.replays").gauge().value() == 0);
  }

  @Test
  void oneTooManyIsToldSoAndGetsAPlaceOnceOneHasLeft() throws Exception {
    rig.close();
    GatewaySettings one =
        Rig.SETTINGS.with(
            new ReplaySettings(
                1,
                ReplaySettings.DEFAULT.frame(),
                ReplaySettings.DEFAULT.lookBack(),
                ReplaySettings.DEFAULT.sliceRows()));
    rig = new Rig(directory, one).start();
    try (LiveClient first = replay(0, 60_000, "")) {
      first.await("snapshot");
      try (LiveClient second = replay(0, 60_000, "")) {
        assertEquals("too-many-replays", second.await("error").path("code").asText());
        assertTrue(second.await("reconnect").path("afterMs").asLong() >= 0);
        assertEquals(4001, second.awaitClose());
      }
      assertEquals(1, rig.metrics.get("sightline.gateway.replays").gauge().value());
    }
    Await.until(() -> rig.metrics.get("sightline.gateway.replays").gauge().value() == 0);
    try (LiveClient third = replay(0, 60_000, "")) {
      third.await("snapshot");
      rig.gateway.close();
      assertEquals("shutdown", third.await("reconnect").path("reason").asText());
      assertEquals(1001, third.awaitClose());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?from=soon",
        "?from=2000&to=1000",
        "?from=1000&to=2000&speed=61",
        "?from=1000&to=2000&speed=x",
        "?from=1000&to=2000&devices=_sightline-x",
        "?from=1000&to=2000&devices=a/b"
      })
  void whatMakesNoSenseIsRefusedBeforeTheHandshake(String query) {
    ExecutionException refused =
        assertThrows(ExecutionException.class, () -> LiveClient.at(rig.port(), "/replay" + query));
    assertTrue(refused.getCause() instanceof java.net.http.WebSocketHandshakeException);
  }

  @Test
  void aPageOfAnotherOriginMayNotLookBack() {
    ExecutionException refused =
        assertThrows(
            ExecutionException.class,
            () ->
                LiveClient.HTTP
                    .newWebSocketBuilder()
                    .header("Origin", "https://evil.example")
                    .buildAsync(
                        URI.create("ws://127.0.0.1:" + rig.port() + "/replay?from=" + begin),
                        new LiveClient())
                    .get());
    assertTrue(refused.getCause() instanceof java.net.http.WebSocketHandshakeException);
  }
}

package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.bus.BusMessage;
import sightline.bus.DeviceRecord;
import sightline.bus.HotState;

/** G2: a browser's picture converges to the newest state, whatever failed before. */
final class PictureTest {
  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(directory);
    rig.publish(Rig.device("dev-1", 43.7, 7.4, 10), Rig.device("dev-2", 43.8, 7.5, 0));
    rig.start();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static double lat(JsonNode message, String id) {
    for (JsonNode device : message.path("devices")) {
      if (device.path("id").asText().equals(id)) {
        return device.path("lat").asDouble();
      }
    }
    return Double.NaN;
  }

  @Test
  void g2ALostBatchBringsANewSnapshot() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.publishUnheard(Rig.device("dev-1", 50, 8, 0));
      rig.publish(Rig.device("dev-2", 51, 8, 0));
      JsonNode snapshot = client.await("snapshot");
      assertEquals(50, lat(snapshot, "dev-1"));
      assertEquals(51, lat(snapshot, "dev-2"));
    }
  }

  @Test
  void g2AnotherEpochReplacesThePictureAndDropsWhatIsGone() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.newEpoch("e2");
      rig.bus.rewrite(
          new HotState.Snapshot(
              "e2", rig.token, 0, List.of(Rig.device("dev-2", 1, 2, 0)), List.of()));
      rig.publish(Rig.device("dev-3", 3, 4, 0));
      JsonNode snapshot = client.await("snapshot");
      assertEquals(2, snapshot.path("devices").size());
      assertEquals(1, lat(snapshot, "dev-2"));
      assertEquals(3, lat(snapshot, "dev-3"));
    }
  }

  @Test
  void g2AHigherTokenAloneBringsANewSnapshotToo() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.bus.round(
          new BusMessage.Batch("e1", rig.token + 1, 1, List.of(Rig.device("dev-1", 9, 9, 0))),
          List.of());
      assertEquals(9, lat(client.await("snapshot"), "dev-1"));
    }
  }

  @Test
  void g2AHiddenTabGetsNoPositionsAndIsWholeWhenItIsSeenAgain() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      client.send("{\"type\":\"visible\",\"visible\":false}");
      client.send("{\"type\":\"not a type\"}");
      client.await("error");
      rig.publish(Rig.device("dev-1", 60, 7, 0));
      rig.publish(Rig.device("dev-1", 61, 7, 0));
      rig.record(Rig.event("dev-1", "still-told", null));
      client.await("events");
      assertFalse(client.seen.stream().anyMatch(m -> m.path("type").asText().equals("update")));
      client.send("{\"type\":\"visible\",\"visible\":true}");
      JsonNode update = client.await("update");
      assertEquals(61, lat(update, "dev-1"));
      assertEquals(1, update.path("devices").size());
    }
  }

  @Test
  void g2ABrowserThatDrawsLateIsLeftOutUntilItHasCaughtUp() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.publish(Rig.device("dev-1", 10, 7, 0));
      long first = client.await("update").path("n").asLong();
      client.send("{\"type\":\"drawn\",\"n\":" + (first - 1) + "}");
      long end = System.nanoTime() + 10_000_000_000L;
      double lat = 10;
      while (rig.counted("sightline.gateway.conflated") == 0 && System.nanoTime() < end) {
        lat += 0.001;
        rig.publish(Rig.device("dev-1", lat, 7, 0));
        LockSupport.parkNanos(20_000_000);
      }
      assertTrue(rig.counted("sightline.gateway.conflated") > 0);
      List<JsonNode> before = client.drain(100);
      long last = before.getLast().path("n").asLong();
      client.send("{\"type\":\"drawn\",\"n\":" + last + "}");
      assertEquals(lat, lat(client.await("update"), "dev-1"), 1e-6);
    }
  }

  @Test
  void reservedDevicesAreSeenByTheProbeAlone() throws Exception {
    String probe = "_sightline-probe";
    rig.publish(Rig.device(probe, 1, 1, 0));
    String path = "/live?devices=" + probe;
    assertThrows(ExecutionException.class, () -> LiveClient.at(rig.port(), path));
    assertThrows(ExecutionException.class, () -> LiveClient.probe(rig.port(), path, "a guess"));
    try (LiveClient all = rig.liveAll();
        LiveClient one = LiveClient.probe(rig.port(), path, Rig.PROBE_KEY)) {
      assertEquals(1, one.await("snapshot").path("devices").size());
      rig.publish(Rig.device(probe, 2, 1, 0));
      assertEquals(2, lat(one.await("update"), probe));
      rig.publish(Rig.device("dev-1", 2, 1, 0));
      all.await("update");
      assertFalse(all.seen.toString().contains(probe));
      assertFalse(Http.get(rig.port(), "/api/v1/devices").body().contains(probe));
      assertEquals(404, Http.get(rig.port(), "/api/v1/devices/" + probe).statusCode());
      all.send("{\"type\":\"subscribe\",\"devices\":[\"" + probe + "\"]}");
      assertEquals("bad-message", all.await("error").path("code").asText());
    }
  }

  @Test
  void aNewSubscriptionReplacesTheEarlierOne() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      client.send("{\"type\":\"subscribe\",\"devices\":[\"dev-2\"]}");
      assertEquals(1, client.await("snapshot").path("devices").size());
      rig.publish(Rig.device("dev-1", 20, 7, 0));
      rig.publish(Rig.device("dev-2", 21, 7, 0));
      JsonNode update = client.await("update");
      assertEquals("dev-2", update.path("devices").get(0).path("id").asText());
    }
  }

  @Test
  void aDeviceThatFallsSilentTurnsStaleByTheClockAlone() throws Exception {
    var fresh = Rig.device("dev-7", 1, 1, 0);
    long longAgo = System.currentTimeMillis() - 29_500;
    rig.publish(
        new DeviceRecord(
            "dev-7",
            fresh.position(),
            true,
            null,
            longAgo,
            longAgo,
            500,
            null,
            null,
            null,
            null,
            null,
            null));
    try (LiveClient client = LiveClient.open(rig.port(), "?devices=dev-7")) {
      client.await("snapshot");
      assertEquals("stale", client.await("update").path("devices").get(0).path("state").asText());
    }
  }

  @Test
  void aLargeFleetComesInSeveralParts() throws Exception {
    DeviceRecord[] many = new DeviceRecord[2_500];
    for (int i = 0; i < many.length; i++) {
      many[i] = Rig.device("fleet-" + i, 1, i * 0.01, 0);
    }
    rig.publish(many);
    try (LiveClient client = rig.live()) {
      client.send("{\"type\":\"subscribe\",\"devices\":\"all\"}");
      int devices = 0;
      JsonNode part;
      do {
        part = client.await("snapshot");
        devices += part.path("devices").size();
      } while (part.path("more").asBoolean());
      assertEquals(2_502, devices);
    }
  }
}

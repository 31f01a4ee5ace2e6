package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.bus.DeviceRecord;
import sightline.protocol.DeviceEvent;

/** G5: a browser that does not read costs the others nothing, and is whole when it reads again. */
final class SlowReaderTest {
  private static final int DEVICES = 200;

  @TempDir Path directory;

  private static GatewaySettings settings(Duration notReading) {
    LiveSettings live = LiveSettings.DEFAULT;
    return Rig.SETTINGS.with(
        new LiveSettings(
            live.heartbeat(),
            live.flushRestMin(),
            live.flushRestMax(),
            8_192,
            4_096,
            8_192,
            64,
            live.inboxEvents(),
            notReading,
            Duration.ofMillis(500),
            Duration.ofMillis(500),
            live.drawnLag(),
            live.beatTimeout(),
            live.messagesPerSecond(),
            live.badMessages(),
            live.snapshotDevices(),
            live.roomDevices()),
        HttpSettings.DEFAULT,
        AdmissionSettings.DEFAULT,
        Duration.ZERO);
  }

  private static void publish(Rig rig, double lat) {
    DeviceRecord[] all = new DeviceRecord[DEVICES];
    for (int i = 0; i < DEVICES; i++) {
      all[i] = Rig.device("dev-" + i, lat, 7, 1);
    }
    rig.publish(all);
  }

  /** Publishes until the gateway leaves the slow one out. */
  private static double publishUntilLeftOut(Rig rig) throws InterruptedException {
    double lat = 10;
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (rig.counted("sightline.gateway.conflated") < 10 * DEVICES) {
      assertTrue(System.nanoTime() < end, "it was never left out");
      lat += 0.001;
      publish(rig, lat);
      Thread.sleep(2);
    }
    return lat;
  }

  @Test
  void g5AStalledBrowserIsLeftOutAndThenGetsTheNewestOfAllAndEachEventOnce() throws Exception {
    try (Rig rig = new Rig(directory, settings(Duration.ofSeconds(60)))) {
      publish(rig, 10);
      rig.start();
      try (LiveClient other = rig.liveAll();
          RawClient slow = RawClient.live(rig.port(), "?devices=all", 4_096)) {
        slow.message("snapshot");
        double lat = publishUntilLeftOut(rig);
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
          String id = "ev-" + i;
          told.add(id);
          rig.record(Rig.event("dev-0", id, null));
        }
        publish(rig, 50);
        other.await("update", m -> m.toString().contains("\"lat\":50"));
        assertTrue(lat < 50);
        assertEquals(told, readAll(slow, told.size()));
      }
    }
  }

  /** Reads until every device is at 50 and so many events have come; gives their ids. */
  private static List<String> readAll(RawClient slow, int events) throws IOException {
    List<String> ids = new ArrayList<>();
    Set<String> newest = new HashSet<>();
    while (newest.size() < DEVICES || ids.size() < events) {
      RawClient.Frame frame = slow.await(RawClient.TEXT);
      assertEquals(RawClient.TEXT, frame.opcode(), "it was closed");
      var message = LiveClient.JSON.readTree(frame.text());
      if (message.path("type").asText().equals("events")) {
        message.path("events").forEach(event -> ids.add(event.path("id").asText()));
      }
      for (var device : message.path("devices")) {
        String id = device.path("id").asText();
        if (device.path("lat").asDouble() == 50) {
          newest.add(id);
        } else if (device.has("lat")) {
          newest.remove(id);
        }
      }
    }
    return ids;
  }

  @Test
  void oneThatNeverReadsIsClosed() throws Exception {
    try (Rig rig = new Rig(directory, settings(Duration.ofMillis(500)))) {
      publish(rig, 10);
      rig.start();
      try (RawClient slow = RawClient.live(rig.port(), "?devices=all", 4_096)) {
        slow.message("snapshot");
        publishUntilLeftOut(rig);
        Await.until(() -> rig.gateway.loops().stream().allMatch(loop -> loop.size() == 0));
        assertEquals(1, rig.counted("sightline.gateway.closed", "reason", "not-reading"));
      }
    }
  }

  @Test
  void oneThatIsSilentToPingsIsClosedAndOneThatAnswersStays() throws Exception {
    try (Rig rig = new Rig(directory, settings(Duration.ofSeconds(60))).start();
        LiveClient answers = rig.liveAll();
        RawClient silent = RawClient.live(rig.port())) {
      silent.await(RawClient.PING);
      assertEquals(4003, silent.await(RawClient.CLOSE).closeCode());
      answers.await("heartbeat");
      answers.await("heartbeat");
      assertTrue(!answers.closed.isDone());
    }
  }

  @Test
  void g1EventsOfASlowReaderComeFromHistoryWhenTheRingIsShort() throws Exception {
    try (Rig rig = new Rig(directory, settings(Duration.ofSeconds(60)))) {
      publish(rig, 10);
      rig.start();
      try (RawClient slow = RawClient.live(rig.port(), "?devices=dev-0", 4_096)) {
        slow.message("events");
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
          DeviceEvent event =
              new DeviceEvent("dev-0", "ev-" + i, 1, 1, "alert", null, "x".repeat(200), 1, 1, null);
          told.add(event.id());
          rig.record(event);
        }
        List<String> ids = new ArrayList<>();
        while (ids.size() < told.size()) {
          LiveClient.JSON
              .readTree(slow.message("events"))
              .path("events")
              .forEach(event -> ids.add(event.path("id").asText()));
        }
        assertEquals(told, ids);
        assertTrue(rig.breakable.reads.get() > 0, "the ring held all: the test shows nothing");
      }
    }
  }
}

package sightline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.device.Location;

/** What Redis may lose, and what nobody loses with it. */
@Tag("slow")
final class RunWithoutRedisTest {
  @TempDir Path folder;
  private RunRig rig;

  @BeforeEach
  void start() throws Exception {
    rig = new RunRig(folder);
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void afterFlushallThePictureIsWholeAgainThoughNothingMoves() throws Exception {
    rig.send(5);
    rig.allRecordedOnce();
    double before = rig.lon();

    String _ = rig.redis.ask(commands -> commands.flushall());

    rig.until(
        "hot state is written anew", () -> rig.redis.ask(c -> c.hlen("{sightline}:devices")) == 1);
    assertEquals(before, rig.lon());
    RoleProcess second = rig.run("gateway");
    rig.until(
        "another gateway knows the unit",
        () -> second.api("/api/v1/devices/unit-1").path("lon").asDouble() == before);
    rig.moves();
    rig.allRecordedOnce();
  }

  @Test
  void withRedisAwayEventsAreRecordedAndAllIsLiveAgainOnceItIsBack() throws Exception {
    rig.send(5);
    rig.redis.kill();
    rig.send(30);
    rig.allRecordedOnce();
    rig.until(
        "the API says that the bus is away", () -> rig.gateway.freshness().contains("reason=bus"));

    rig.redis.startAgain();

    rig.moves();
    rig.send(5);
    rig.allRecordedOnce();
    assertEquals(1, rig.bridge.metric("sightline_bridge_active"));
  }

  @Test
  void positionsOfTheTimeWithoutRedisAreInHistoryOnceItIsBack() throws Exception {
    rig.redis.kill();
    long first = System.currentTimeMillis();
    for (int i = 0; i < 200; i++) {
      rig.device.report(Location.at(47.1, 9.6 + i / 1e4));
      LockSupport.parkNanos(2_000_000);
    }

    rig.redis.startAgain();

    rig.until("all are recorded", () -> rig.trackSince(first).size() >= 200);
    Set<String> places = new HashSet<>();
    rig.trackSince(first).forEach(position -> places.add(position.path("lon").asText()));
    assertEquals(200, places.size());
    rig.moves();
  }

  @Test
  void aRedisThatHangsKeepsNoEventFromBeingRecorded() throws Exception {
    rig.redis.signal("STOP");
    try {
      rig.send(50);
      rig.until("all are answered", () -> rig.device.stats().eventsWaiting() == 0);
    } finally {
      rig.redis.signal("CONT");
    }
    rig.moves();
    rig.allRecordedOnce();
  }

  @Test
  void aRedisThatComesBackWithAnOldSnapshotTurnsNothingBack() throws Exception {
    String _ = rig.redis.ask(commands -> commands.save());
    rig.moves();
    double newest = rig.lon();
    rig.redis.kill();
    rig.redis.startAgain();

    rig.until(
        "the picture is fresh again",
        () -> rig.gateway.freshness().equals("fresh") && rig.gateway.ready());
    assertEquals(newest, rig.lon());
    rig.moves();
    rig.allRecordedOnce();
  }
}

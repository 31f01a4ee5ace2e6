package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.bus.BusMessage.BridgeBeat;
import sightline.bus.BusMessage.RecorderBeat;

/** G3: a picture that may be stale says so within 2 s, and names the part. */
final class FreshnessTest {
  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(directory).start();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String staleReason(LiveClient client) throws InterruptedException {
    return client
        .await("health", m -> m.path("state").asText().equals("stale"))
        .path("reason")
        .asText();
  }

  @Test
  void g3AnIdleBrowserHearsSomethingEachSecondWithTheServersTime() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      client.await("heartbeat");
      for (int i = 0; i < 3; i++) {
        long before = System.nanoTime();
        JsonNode heartbeat = client.await("heartbeat");
        long tookMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        assertTrue(tookMillis < 1_000, "a heartbeat after " + tookMillis + " ms");
        long behind = System.currentTimeMillis() - heartbeat.path("time").asLong();
        assertTrue(Math.abs(behind) < 1_000, "its time was off by " + behind);
      }
    }
  }

  @Test
  void g3ASilentBridgeIsNamedAndItsReturnIsToo() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.stopBeating();
      long before = System.nanoTime();
      assertEquals("bridge", staleReason(client));
      assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(2));
      assertTrue(
          Http.get(rig.port(), "/api/v1/devices")
              .headers()
              .firstValue("X-Sightline-Freshness")
              .orElse("")
              .startsWith("stale; reason=bridge; since="));
      rig.beat(0);
      client.await("health", m -> m.path("state").asText().equals("fresh"));
    }
  }

  @Test
  void g3AnOldBrokerBeatNamesTheBroker() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.stopBeating();
      rig.bus.beat(new BridgeBeat(0, 1_600, 10, 0, System.currentTimeMillis(), 0, 0));
      assertEquals("broker", staleReason(client));
    }
  }

  @Test
  void g3HistoryThatDoesNotAnswerTheBridgeIsNamed() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.stopBeating();
      rig.bus.beat(new BridgeBeat(0, 10, 1_600, 0, System.currentTimeMillis(), 0, 0));
      assertEquals("history", staleReason(client));
    }
  }

  @Test
  void g3AGatewayThatStartsWithoutHistoryIsFreshOnceHistoryAnswers() throws Exception {
    rig.close();
    rig = new Rig(directory);
    rig.breakable.away = true;
    rig.start();
    try (LiveClient client = rig.live()) {
      assertEquals("history", staleReason(client));
      rig.breakable.away = false;
      client.await("health", m -> m.path("state").asText().equals("fresh"));
    }
  }

  /** G7, P37. */
  @Test
  void healthSaysWhatIsPastRetentionAndWaitsForACommand() throws Exception {
    rig.stopBeating();
    rig.bus.beat(new RecorderBeat(1, 0, 31, 10_004));
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20); ; ) {
      String health = Http.get(rig.port(), "/api/v1/health").body();
      if (health.contains("\"retentionHeldDays\":31,\"retentionHeldEvents\":10004")) {
        break;
      }
      assertTrue(System.nanoTime() < end, health);
      LockSupport.parkNanos(10_000_000);
    }
  }

  @Test
  void g3ASilentRecorderIsNamedWhileTheBridgeGoesOn() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.stopBeating();
      Thread bridge =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                      rig.bus.beat(new BridgeBeat(0, 10, 10, 0, System.currentTimeMillis(), 0, 0));
                      LockSupport.parkNanos(100_000_000);
                    }
                  });
      assertEquals("recorder", staleReason(client));
      rig.bus.beat(new RecorderBeat(1, 0));
      client.await("health", m -> m.path("state").asText().equals("fresh"));
      bridge.interrupt();
      bridge.join();
    }
  }

  @Test
  void g3ABusThatIsAwayIsNamedAndThePictureIsWholeOnItsReturn() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.publish(Rig.device("dev-1", 43, 7, 0));
      client.await("update");
      rig.bus.away = true;
      assertEquals("bus", staleReason(client));
      rig.publish(Rig.device("dev-1", 44, 7, 0));
      rig.bus.away = false;
      JsonNode snapshot =
          client.await("snapshot", m -> m.path("devices").get(0).path("lat").asDouble() == 44);
      assertEquals(1, snapshot.path("devices").size());
    }
  }

  @Test
  void aNewcomerIsToldAtOnceHowFreshThePictureIs() throws Exception {
    rig.stopBeating();
    try (LiveClient first = rig.live()) {
      staleReason(first);
    }
    try (LiveClient client = rig.live()) {
      assertEquals("stale", client.await("health").path("state").asText());
    }
  }

  @Test
  void g3AHubWhoseTimeGoesElsewhereIsNamedByHeartbeatsAndTheApiWhichGoOn() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    try (LiveClient client = rig.liveAll()) {
      var question =
          rig.gateway
              .hub()
              .ask(
                  hub -> {
                    try {
                      return held.await(30, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                  });
      client.await("health", m -> m.path("reason").asText().equals("gateway"));
      client.await("heartbeat");
      HttpResponse<String> said = Http.get(rig.port(), "/api/v1/health");
      assertTrue(said.body().contains("\"reason\":\"gateway\""), said.body());
      String freshness = said.headers().firstValue("X-Sightline-Freshness").orElse("");
      assertTrue(freshness.startsWith("stale; reason=gateway; since="), freshness);
      held.countDown();
      assertTrue(question.join());
      client.await("health", m -> m.path("state").asText().equals("fresh"));
    }
  }
}

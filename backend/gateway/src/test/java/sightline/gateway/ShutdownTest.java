package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a gateway comes and goes. */
final class ShutdownTest {
  @TempDir Path directory;

  @Test
  void everyBrowserIsToldWhenToComeBackSpreadOut() throws Exception {
    try (Rig rig = new Rig(directory).start()) {
      List<LiveClient> clients = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        clients.add(rig.liveAll());
      }
      rig.gateway.close();
      Set<Long> delays = new HashSet<>();
      for (LiveClient client : clients) {
        JsonNode reconnect = client.await("reconnect");
        assertEquals("shutdown", reconnect.path("reason").asText());
        delays.add(reconnect.path("afterMs").asLong());
        assertEquals(1001, client.awaitClose());
      }
      assertTrue(delays.size() > 4 && delays.stream().allMatch(ms -> ms >= 0 && ms < 5_000));
      int port = rig.port();
      assertThrows(ConnectException.class, () -> new RawClient(port).close());
      rig.gateway.close();
    }
  }

  @Test
  void whereAnotherGatewayIsThereEachBrowserStaysLiveUntilItsOwnMoment() throws Exception {
    try (Rig rig = new Rig(directory).start();
        RawClient kept = new RawClient(rig.port())) {
      rig.others.add(new OtherGateway("gateway-2", 3, 900));
      List<LiveClient> clients = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        clients.add(rig.liveAll());
      }
      Thread closing = Thread.ofVirtual().start(rig.gateway::close);
      assertTrue(kept.isGone());
      int port = rig.port();
      assertThrows(ConnectException.class, () -> new RawClient(port).close());
      Set<Long> quarters = new HashSet<>();
      long start = System.nanoTime();
      int moved = 0;
      for (int n = 1; !clients.isEmpty(); n++) {
        rig.publish(Rig.device("dev-" + n, 47.1, 9.5, 3));
        for (LiveClient client : List.copyOf(clients)) {
          // A whole picture tells of it too: hot state may have been read anew just then.
          JsonNode told = client.awaitAny(Set.of("update", "snapshot", "reconnect"));
          if (told.path("type").asText().equals("reconnect")) {
            assertTrue(told.path("afterMs").asLong() < 500, told.toString());
            assertEquals(1001, client.awaitClose());
            quarters.add((System.nanoTime() - start) / Duration.ofMillis(1_250).toNanos());
            clients.remove(client);
            moved++;
          }
        }
      }
      closing.join();
      assertEquals(12, moved);
      assertTrue(quarters.size() >= 3, "they left in these quarters of the time: " + quarters);
    }
  }

  @Test
  void aCrowdIsLetGoOverALongerTimeButWithinWhatAStopMayTake() {
    assertEquals(5_000, Shutdown.spreadMillis(120));
    assertEquals(10_000, Shutdown.spreadMillis(10_000));
    assertEquals(20_000, Shutdown.spreadMillis(1_000_000));
  }

  @Test
  void aRealBrowserEndsTheWarmUp() throws Exception {
    GatewaySettings settings =
        Rig.SETTINGS.with(
            LiveSettings.DEFAULT,
            HttpSettings.DEFAULT,
            AdmissionSettings.DEFAULT,
            Duration.ofSeconds(30));
    try (Rig rig = new Rig(directory, settings).start()) {
      assertTrue(rig.gateway.notReady().contains("it is warming up"));
      try (LiveClient browser = rig.liveAll()) {
        Await.until(() -> rig.gateway.notReady().isEmpty());
        assertTrue(rig.gateway.warmUp().rounds() < WarmUp.ROUNDS);
        assertFalse(browser.closed.isDone());
      }
    }
  }

  @Test
  void oneThatDoesNotReadDoesNotHoldTheEndUp() throws Exception {
    try (Rig rig = new Rig(directory).start();
        RawClient deaf = RawClient.live(rig.port(), "?devices=all", 4_096)) {
      long before = System.nanoTime();
      rig.gateway.close();
      assertTrue(System.nanoTime() - before < Duration.ofSeconds(10).toNanos());
      assertTrue(deaf.isGone());
    }
  }

  @Test
  void aPortInUseIsSaidWithWhatToDo(@TempDir Path other) throws Exception {
    try (Rig rig = new Rig(directory).start();
        Rig second = new Rig(other, Rig.SETTINGS.withPort(rig.port()))) {
      UncheckedIOException refused =
          assertThrows(UncheckedIOException.class, () -> second.gateway.start());
      assertTrue(String.valueOf(refused.getMessage()).contains("Choose another port"));
    }
  }

  @Test
  void itIsReadyOnlyOnceItHasWarmedUpAndKeepsNothingOfThat() throws Exception {
    GatewaySettings settings =
        Rig.SETTINGS.with(
            LiveSettings.DEFAULT,
            HttpSettings.DEFAULT,
            AdmissionSettings.DEFAULT,
            Duration.ofMillis(400));
    try (Rig rig = new Rig(directory, settings).start()) {
      var first = Http.get(rig.port(), "/readyz");
      assertEquals(503, first.statusCode());
      assertTrue(first.body().contains("warming up"), first.body());
      Await.until(() -> rig.gateway.notReady().isEmpty());
      assertEquals(200, Http.get(rig.port(), "/readyz").statusCode());
      Await.until(() -> rig.gateway.loops().stream().allMatch(loop -> loop.size() == 0));
      assertEquals(
          0L,
          rig.gateway
              .hub()
              .ask(hub -> hub.fleet().slots().stream().filter(slot -> slot.view != null).count())
              .get());
    }
  }

  @Test
  void withHistoryAwayAtTheStartItSaysSoAndComesUpOnItsReturn() throws Exception {
    try (Rig rig = new Rig(directory)) {
      rig.breakable.away = true;
      rig.gateway.start();
      assertTrue(Http.get(rig.port(), "/readyz").body().contains("event log"));
      rig.breakable.away = false;
      Await.until(() -> rig.gateway.notReady().isEmpty());
    }
  }

  @Test
  void aBusThatIsAwayAtTheStartDoesNotKeepEventsFromBrowsers() throws Exception {
    try (Rig rig = new Rig(directory)) {
      rig.bus.away = true;
      rig.start();
      try (LiveClient client = rig.liveAll()) {
        rig.commit(Rig.event("dev-1", "ev-1", null));
        assertEquals("ev-1", client.await("events").path("events").get(0).path("id").asText());
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
  }
}

package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.bus.BusMessage;
import sightline.protocol.CloseCode;
import sightline.protocol.DeviceEvent;
import sightline.protocol.LogEntry;

/** G1: every recorded event on every browser once, in order, whatever news is lost. */
final class EventsTest {
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

  /** The ids of the events that come until there are so many. */
  private static List<String> ids(LiveClient client, int count) throws InterruptedException {
    List<String> ids = new ArrayList<>();
    while (ids.size() < count) {
      client.await("events").path("events").forEach(event -> ids.add(event.path("id").asText()));
    }
    return ids;
  }

  private static List<String> named(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "ev-" + i).toList();
  }

  private static DeviceEvent[] events(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Rig.event("dev-1", "ev-" + i, null))
        .toArray(DeviceEvent[]::new);
  }

  @Test
  void g1AnEventIsShownAsPendingAtOnceAndThenAsRecordedOnce() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.record(Rig.event("dev-1", "ev-1", "critical"));
      JsonNode pending = client.await("pending");
      assertEquals("ev-1", pending.path("events").get(0).path("id").asText());
      JsonNode recorded = client.await("events");
      assertEquals("dev-1", recorded.path("events").get(0).path("device").asText());
      assertFalse(recorded.path("cursor").asText().isEmpty());
      assertTrue(
          client.drain(300).stream().noneMatch(m -> m.path("type").asText().equals("events")));
    }
  }

  @Test
  void g1AHoleInTheNewsIsReadFromHistory() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      List<LogEntry> lost = new ArrayList<>();
      rig.bus.deaf(() -> lost.addAll(rig.record(events(0, 5))));
      rig.record(events(5, 7));
      assertEquals(named(0, 7), ids(client, 7));
      assertEquals(5, lost.size());
    }
  }

  @Test
  void g1LostNewsIsFoundByTheBeat() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.commit(events(0, 3));
      assertEquals(named(0, 3), ids(client, 3));
    }
  }

  @Test
  void g1WithTheBusAwayEventsComeFromHistory() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.bus.away = true;
      rig.commit(events(0, 3));
      assertEquals("bus", client.await("health").path("reason").asText());
      rig.commit(events(3, 5));
      List<JsonNode> all =
          client.seen.stream().filter(m -> m.path("type").asText().equals("events")).toList();
      List<String> ids = new ArrayList<>();
      all.forEach(m -> m.path("events").forEach(event -> ids.add(event.path("id").asText())));
      ids.addAll(ids(client, 5 - ids.size()));
      assertEquals(named(0, 5), ids);
      rig.bus.away = false;
      client.await("health", m -> m.path("state").asText().equals("fresh"));
    }
  }

  @Test
  void g1ACursorResumesWithoutAGapAndWithoutARepeat() throws Exception {
    String cursor;
    try (LiveClient client = rig.liveAll()) {
      rig.record(events(0, 2));
      ids(client, 1);
      client.drain(200);
      cursor =
          client.seen.stream()
              .filter(m -> m.path("type").asText().equals("events"))
              .reduce((a, b) -> b)
              .orElseThrow()
              .path("cursor")
              .asText();
    }
    rig.record(events(2, 6));
    try (LiveClient client = rig.live()) {
      subscribe(client, cursor);
      assertEquals(named(2, 6), ids(client, 4));
      rig.record(events(6, 7));
      assertEquals(named(6, 7), ids(client, 1));
    }
  }

  private static void subscribe(LiveClient client, String cursor) throws Exception {
    client.send(
        "{\"type\":\"subscribe\",\"devices\":\"all\",\"events\":{\"since\":\"" + cursor + "\"}}");
    client.await("snapshot");
  }

  @Test
  void g1WhatIsOlderThanTheRingComesFromHistory() throws Exception {
    int many = LiveSettings.DEFAULT.ringEntries() + 700;
    for (int from = 0; from < many; from += 500) {
      rig.commit(events(from, Math.min(many, from + 500)));
    }
    try (LiveClient client = rig.live()) {
      subscribe(client, Cursors.text(0));
      assertEquals(named(0, many), ids(client, many));
    }
  }

  @Test
  void g1TooFarBehindIsToldAsAGap() throws Exception {
    for (int from = 0; from < 10_500; from += 500) {
      rig.commit(events(from, from + 500));
    }
    Await.until(() -> rig.gateway.hub().ask(hub -> hub.feed().ring().newest()).join() == 10_500);
    try (LiveClient client = rig.live()) {
      subscribe(client, Cursors.text(3));
      JsonNode gap = client.await("gap");
      assertEquals(Cursors.text(3), gap.path("from").asText());
      assertEquals(Cursors.text(10_500), gap.path("to").asText());
      rig.record(Rig.event("dev-1", "after", null));
      assertEquals(List.of("after"), ids(client, 1));
    }
  }

  @Test
  void g1AnAcknowledgementIsAnEntryOfTheSameLog() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.record(Rig.event("dev-1", "ev-1", "critical"));
      client.await("events");
      var answer =
          Http.post(
              rig.port(), "/api/v1/devices/dev-1/events/ev-1/acknowledge", "{\"note\":\"seen\"}");
      assertEquals(200, answer.statusCode(), answer.body());
      JsonNode acknowledged = client.await("acknowledged");
      assertEquals("local", acknowledged.path("by").asText());
      assertEquals("seen", acknowledged.path("note").asText());
      assertEquals(Cursors.text(2), acknowledged.path("cursor").asText());
    }
  }

  @Test
  void anAlarmIsOnFromTheEventUntilItsAcknowledgement() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.record(Rig.event("dev-1", "ev-1", "critical"));
      assertTrue(alarm(client));
      Http.post(rig.port(), "/api/v1/devices/dev-1/events/ev-1/acknowledge", "");
      assertFalse(alarm(client));
    }
  }

  private static boolean alarm(LiveClient client) throws InterruptedException {
    return client
        .await("update", m -> m.path("devices").get(0).has("alarm"))
        .path("devices")
        .get(0)
        .path("alarm")
        .asBoolean();
  }

  @Test
  void aRoomHearsOfItsOwnEventsAloneAndLosesNone() throws Exception {
    try (LiveClient client = LiveClient.open(rig.port(), "?devices=dev-2")) {
      client.await("events");
      rig.record(events(0, 3));
      rig.record(Rig.event("dev-2", "mine", null));
      assertEquals(List.of("mine"), ids(client, 1));
      rig.record(Rig.event("dev-2", "mine-too", null));
      assertEquals(List.of("mine-too"), ids(client, 1));
    }
  }

  @Test
  void aNewcomerGetsWhatIsPendingAndWhatTheStoreRefused() throws Exception {
    DeviceEvent refused = Rig.event("dev-1", "refused", null);
    rig.bus.pending(rig.token, List.of(refused, Rig.event("dev-2", "waits", null)));
    rig.bus.unrecorded(refused.key(), "store");
    try (LiveClient client = rig.live()) {
      client.send("{\"type\":\"subscribe\",\"devices\":\"all\",\"events\":{\"since\":null}}");
      client.await("snapshot");
      assertEquals(2, client.await("pending").path("events").size());
      assertEquals("refused", client.await("unrecorded").path("event").asText());
    }
  }

  @Test
  void withHistoryAwayAnEventIsShownAsPendingAndRecordedLater() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.breakable.away = true;
      DeviceEvent event = Rig.event("dev-1", "ev-0", null);
      rig.bus.pending(rig.token, List.of(event));
      client.await("pending");
      rig.breakable.away = false;
      rig.bus.entries(rig.commit(event));
      assertEquals(named(0, 1), ids(client, 1));
    }
  }

  @Test
  void aCursorOfAnotherLogIsSaidAndNotWaitedFor() throws Exception {
    try (LiveClient client = rig.live()) {
      client.send(
          "{\"type\":\"subscribe\",\"devices\":\"all\",\"events\":{\"since\":\""
              + Cursors.text(4_711)
              + "\"}}");
      assertEquals("unknown-cursor", client.await("error").path("code").asText());
      client.await("snapshot");
      rig.record(events(0, 1));
      assertEquals(named(0, 1), ids(client, 1));
    }
  }

  @Test
  void aLogThatEndsBeforeWhatWasShownEndsTheGateway() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.record(events(0, 3));
      assertEquals(named(0, 3), ids(client, 3));

      rig.breakable.endsWith = 1;

      assertEquals(CloseCode.INTERNAL.code(), client.awaitClose());
      Await.until(rig.failed::get);
    }
  }

  @Test
  void aLogThatJumpsEndsTheGatewayInsteadOfWaitingForWhatNeverComes() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.breakable.hole = 2;

      rig.bus.deaf(() -> rig.record(events(0, 3)));

      assertEquals(CloseCode.INTERNAL.code(), client.awaitClose());
    }
  }

  @Test
  void withoutAWishForEventsThereAreNone() throws Exception {
    try (LiveClient client = rig.live()) {
      client.send("{\"type\":\"subscribe\",\"devices\":\"all\"}");
      client.await("snapshot");
      rig.record(events(0, 2));
      rig.publish(Rig.device("dev-1", 44, 7, 3));
      client.await("update");
      assertTrue(
          client.seen.stream()
              .noneMatch(m -> List.of("events", "pending").contains(m.path("type").asText())));
    }
  }

  @Test
  void g1ABurstOverTheInboxsBoundIsMendedFromHistory() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      int many = LiveSettings.DEFAULT.inboxEvents() / 2;
      List<LogEntry> entries = new ArrayList<>();
      for (int from = 0; from < many; from += 512) {
        entries.addAll(rig.commit(events(from, Math.min(many, from + 512))));
      }
      rig.bus.entries(entries);
      rig.bus.beat(new BusMessage.BridgeBeat(many, 10, 10, 0, System.currentTimeMillis(), 0, 0));
      assertEquals(named(0, many), ids(client, many));
    }
  }
}

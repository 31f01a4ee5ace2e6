package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sightline.bus.DeviceRecord;

/** P23, P46: a browser that subscribes to a view sees what its map shows, and what it pinned. */
final class ViewsTest {
  private static final String CITY = "[9.4,47.0,9.7,47.3]";

  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(directory);
    rig.publish(
        Rig.device("in", 47.1, 9.5, 1), Rig.device("out", 10, 20, 1), Rig.device("pin", -30, 1, 1));
    rig.start();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static String look(String bbox, int zoom, String... pins) {
    String names = pins.length == 0 ? "" : "\"" + String.join("\",\"", pins) + "\"";
    return "{\"type\":\"subscribe\",\"view\":{\"bbox\":%s,\"zoom\":%d},\"pins\":[%s],\"events\":{\"since\":null}}"
        .formatted(bbox, zoom, names);
  }

  private LiveClient viewer(Wire wire, String look) throws Exception {
    LiveClient client = LiveClient.at(rig.port(), "/live", wire.subprotocol());
    client.send(look);
    return client;
  }

  private static Set<String> ids(JsonNode message) {
    Set<String> ids = new TreeSet<>();
    for (JsonNode device : message.path("devices")) {
      ids.add(device.isTextual() ? device.asText() : device.path("id").asText());
    }
    return ids;
  }

  private static List<JsonNode> of(String type, List<JsonNode> messages) {
    return messages.stream().filter(m -> m.path("type").asText().equals(type)).toList();
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void p46AViewHasWhatItsMapShowsAndWhatIsPinnedAndNothingElse(Wire wire) throws Exception {
    try (LiveClient client = viewer(wire, look(CITY, 11, "pin"))) {
      assertEquals(Set.of("in", "pin"), ids(client.await("snapshot")));
      client.await("events");
      rig.publish(Rig.device("out", 11, 20, 1));
      rig.publish(Rig.device("pin", -31, 1, 1));
      rig.publish(Rig.device("in", 47.11, 9.5, 1));
      Set<String> told = new TreeSet<>();
      while (!told.contains("in")) {
        told.addAll(ids(client.await("update")));
      }
      assertEquals(Set.of("in", "pin"), told);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void p46WhoComesIsToldWholeAndWhoLeavesIsRemoved(Wire wire) throws Exception {
    try (LiveClient client = viewer(wire, look(CITY, 11))) {
      client.await("events");
      rig.publish(Rig.device("out", 47.2, 9.6, 3));
      JsonNode came = client.await("update").path("devices").get(0);
      assertEquals("Unit out", came.path("name").asText());
      assertEquals("moving", came.path("state").asText());
      rig.publish(Rig.device("out", 10, 20, 3));
      assertEquals(Set.of("out"), ids(client.await("remove")));
      rig.publish(Rig.device("out", 11, 20, 3), Rig.device("in", 47.12, 9.5, 1));
      assertEquals(Set.of("in"), ids(client.await("update")));
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void p46AUnitThatCrossesCellsWithinTheViewIsNeverRemoved(Wire wire) throws Exception {
    try (LiveClient client = viewer(wire, look(CITY, 13))) {
      client.await("events");
      for (int i = 0; i <= 50; i++) {
        rig.publish(Rig.device("in", 47.05 + i * 0.004, 9.45 + i * 0.004, 20));
        client.await("update", update -> ids(update).contains("in"));
      }
      assertTrue(of("remove", client.seen).isEmpty());
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void p46WhenTheMapMovesThePictureGoesOn(Wire wire) throws Exception {
    rig.publish(Rig.device("east", 47.1, 12, 1));
    try (LiveClient client = viewer(wire, look(CITY, 11))) {
      client.await("events");
      rig.record(Rig.event("in", "e-1", null));
      client.await("events");
      client.send(look("[9.4,47.0,12.1,47.3]", 9));
      assertEquals(Set.of("east"), ids(client.await("update")));
      client.send(look("[11.9,47.0,12.1,47.3]", 11));
      assertEquals(Set.of("in"), ids(client.await("remove")));
      client.send(look("[9.4,47.0,12.1,47.3]", 9));
      assertEquals(Set.of("in"), ids(client.await("update")));
      rig.record(Rig.event("out", "e-2", null));
      client.await("events", m -> !m.path("events").isEmpty());
      assertEquals(1, of("snapshot", client.seen).size());
      List<String> events = new ArrayList<>();
      for (JsonNode message : of("events", client.seen)) {
        message.path("events").forEach(event -> events.add(event.path("id").asText()));
      }
      assertEquals(List.of("e-1", "e-2"), events);
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void p46APinnedUnitStaysWhereverItGoes(Wire wire) throws Exception {
    try (LiveClient client = viewer(wire, look(CITY, 11, "in"))) {
      client.await("events");
      for (int i = 0; i < 10; i++) {
        double lat = i % 2 == 0 ? -20 - i : 47.1;
        rig.publish(Rig.device("in", lat, 9.5, 1));
        client.await("update", m -> m.path("devices").get(0).path("lat").asDouble() == lat);
      }
      assertTrue(of("remove", client.seen).isEmpty());
    }
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void p46AHiddenTabGetsNothingAndIsWholeWhenItIsSeenAgain(Wire wire) throws Exception {
    try (LiveClient client = viewer(wire, look(CITY, 11))) {
      client.await("events");
      client.send("{\"type\":\"visible\",\"visible\":false}");
      client.send("{\"type\":\"drawn\",\"n\":0}");
      client.await("heartbeat");
      rig.publish(Rig.device("in", 10, 9.5, 1), Rig.device("out", 47.2, 9.6, 1));
      client.await("heartbeat");
      client.await("heartbeat");
      assertTrue(of("update", client.seen).isEmpty());
      assertTrue(of("remove", client.seen).isEmpty());
      client.send("{\"type\":\"visible\",\"visible\":true}");
      assertEquals(Set.of("in"), ids(client.await("remove")));
      assertEquals(Set.of("out"), ids(client.await("update")));
    }
  }

  private static DeviceRecord[] crowd(int count, double lat) {
    DeviceRecord[] devices = new DeviceRecord[count];
    for (int i = 0; i < count; i++) {
      devices[i] = Rig.device("c-" + i, lat, 9.4 + 0.3 * i / count, 1);
    }
    return devices;
  }

  @ParameterizedTest
  @EnumSource(Wire.class)
  void p47TooManyUnitsAreToldAsCountsAndOneByOneWhenTheyAreFewer(Wire wire) throws Exception {
    rig.publish(crowd(6_000, 47.1));
    rig.record(Rig.event("c-7", "e-1", "critical"));
    try (LiveClient client = viewer(wire, look(CITY, 11, "c-1"))) {
      assertEquals(Set.of("c-1"), ids(client.await("snapshot")));
      // The event may come to the hub after the first counts.
      JsonNode counts = client.await("cells", m -> sum(m, "alarms") > 0);
      for (JsonNode cell : counts.path("cells")) {
        assertEquals(47.1, cell.path("lat").asDouble(), 0.01);
      }
      assertEquals(6_001, sum(counts, "count"));
      assertEquals(1, sum(counts, "alarms"));
      rig.publish(crowd(3_000, 10));
      assertEquals(3_002, ids(whole(client)).size());
      assertTrue(client.await("cells").path("cells").isEmpty());
      rig.publish(crowd(3_000, 47.1));
      client.await("cells", m -> !m.path("cells").isEmpty());
    }
  }

  private static int sum(JsonNode counts, String what) {
    int sum = 0;
    for (JsonNode cell : counts.path("cells")) {
      sum += cell.path(what).asInt();
    }
    return sum;
  }

  /** A snapshot of all its parts. */
  private static JsonNode whole(LiveClient client) throws InterruptedException {
    var all = LiveClient.JSON.createObjectNode();
    var devices = all.putArray("devices");
    JsonNode part;
    do {
      part = client.await("snapshot");
      part.path("devices").forEach(devices::add);
    } while (part.path("more").asBoolean());
    return all;
  }

  @Test
  void viewersWhoLeaveLeaveNothingBehind() throws Exception {
    try (LiveClient client = viewer(Wire.BINARY, look(CITY, 11, "pin"))) {
      client.await("events");
      assertFalse(rig.gateway.hub().ask(hub -> hub.places().layers().isEmpty()).join());
    }
    Await.until(() -> rig.gateway.hub().ask(hub -> hub.places().layers().isEmpty()).join());
    Await.until(() -> rig.gateway.hub().ask(hub -> hub.views().isEmpty()).join());
  }
}

package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.bus.BusMessage;
import sightline.bus.DeviceRecord;
import sightline.protocol.DeviceEvent;
import sightline.protocol.Order;
import sightline.protocol.Position;
import sightline.protocol.Refused;

/** The API of the contract. */
final class ApiTest {
  private static final long DAY = System.currentTimeMillis() / 60_000 * 60_000 - 3_600_000;

  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(directory);
    rig.publish(
        Rig.device("dev-1", 43.7, 7.4, 10),
        Rig.device("dev-2", 43.8, 7.5, 0),
        Rig.device("dev-3", 43.9, 7.6, 0));
    rig.start();
    Await.until(() -> rig.gateway.notReady().isEmpty());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = Http.get(rig.port(), path);
    assertEquals(200, answer.statusCode(), answer.body());
    return LiveClient.JSON.readTree(answer.body());
  }

  private static List<String> ids(JsonNode list) {
    List<String> ids = new ArrayList<>();
    list.path("items")
        .forEach(item -> ids.add(item.path("id").asText(item.path("event").asText())));
    return ids;
  }

  @Test
  void devicesAreListedFilteredAndPaged() throws Exception {
    assertEquals(List.of("dev-1", "dev-2", "dev-3"), ids(json("/api/v1/devices")));
    assertEquals(List.of("dev-1"), ids(json("/api/v1/devices?state=moving")));
    assertEquals(List.of("dev-2"), ids(json("/api/v1/devices?text=UNIT+DEV-2")));
    assertEquals(List.of(), ids(json("/api/v1/devices?kind=camera")));
    JsonNode page = json("/api/v1/devices?limit=2");
    assertEquals(List.of("dev-1", "dev-2"), ids(page));
    JsonNode rest = json("/api/v1/devices?limit=2&cursor=" + page.path("next").asText());
    assertEquals(List.of("dev-3"), ids(rest));
    assertTrue(rest.path("next").isNull());
  }

  /** P33. */
  @Test
  void whatWasRefusedIsGivenWithTheUnitAndOfAnIdThatIsNoneWithTheAnswerThatThereIsNone()
      throws Exception {
    Refused refused = new Refused(12, 9, "location", "wrong-type", "lat", "lat must be a number");
    DeviceRecord unit = Rig.device("dev-1", 1, 2, 3);
    assertTrue(json("/api/v1/devices/dev-1").path("refused").isMissingNode());
    rig.publish(
        new DeviceRecord(
            "dev-1",
            unit.position(),
            true,
            null,
            unit.statusReceived(),
            unit.lastSeen(),
            500,
            80,
            60,
            "s",
            "vehicle",
            "Unit dev-1",
            "1.0",
            refused));
    rig.bus.beat(new BusMessage.Refusals(List.of(new BusMessage.Refusals.Unit("dev-9", refused))));
    Await.until(() -> refused("dev-9") && refused("dev-1"));
    JsonNode known = json("/api/v1/devices/dev-1").path("refused");
    assertEquals(
        "{\"count\":12,\"time\":9,\"topic\":\"location\",\"reason\":\"wrong-type\","
            + "\"field\":\"lat\",\"detail\":\"lat must be a number\"}",
        known.toString());
    HttpResponse<String> unknown = Http.get(rig.port(), "/api/v1/devices/dev-9");
    assertEquals(404, unknown.statusCode());
    assertEquals(known, LiveClient.JSON.readTree(unknown.body()).path("refused"));
    assertFalse(Http.get(rig.port(), "/api/v1/devices/dev-8").body().contains("refused"));
  }

  private boolean refused(String id) {
    try {
      return Http.get(rig.port(), "/api/v1/devices/" + id).body().contains("refused");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aLongListComesInPiecesAndEachDeviceOnce() throws Exception {
    DeviceRecord[] many = new DeviceRecord[1_001];
    for (int i = 0; i < many.length; i++) {
      many[i] = Rig.device("unit-" + (1_000 + i), 1, 2, 3);
    }
    rig.publish(many);
    String path = "/api/v1/devices?text=unit-&limit=1001";
    Await.until(() -> items(path) == many.length);
    List<String> ids = ids(json(path));
    assertEquals(ids.stream().sorted().distinct().toList(), ids);
  }

  private int items(String path) {
    try {
      return json(path).path("items").size();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aDeviceIsGivenByItsId() throws Exception {
    assertEquals("Unit dev-1", json("/api/v1/devices/dev-1").path("name").asText());
    assertEquals(404, Http.get(rig.port(), "/api/v1/devices/dev-9").statusCode());
  }

  @Test
  void everyAnswerSaysHowFreshThePictureIs() throws Exception {
    var headers = Http.get(rig.port(), "/api/v1/devices").headers();
    assertEquals("fresh", headers.firstValue("X-Sightline-Freshness").orElse(""));
    assertEquals("no-store", headers.firstValue("Cache-Control").orElse(""));
  }

  private void storeTrack() {
    List<Position> track = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      track.add(
          new Position(
              "dev-1",
              new Order(DAY + i * 1_000L, i),
              DAY + i * 1_000L,
              DAY,
              false,
              43.7 + i * 0.001,
              7.4,
              90,
              5,
              Double.NaN,
              i == 0 ? 60 : Double.NaN));
    }
    rig.positions.store(track, "c");
  }

  @Test
  void aTrackIsGivenInPartsThinnedAndByEitherKindOfTime() throws Exception {
    storeTrack();
    String track =
        "/api/v1/devices/dev-1/track?from=" + Instant.ofEpochMilli(DAY) + "&to=" + (DAY + 60_000);
    JsonNode all = json(track);
    assertEquals(10, all.path("items").size());
    assertTrue(all.path("recordedThrough").asLong() > DAY);
    assertEquals(5, json(track + "&every=PT2S").path("items").size());
    JsonNode part = json(track + "&limit=4");
    assertEquals(4, part.path("items").size());
    JsonNode next = json(track + "&limit=4&cursor=" + part.path("next").asText());
    assertEquals(DAY + 4_000, next.path("items").get(0).path("timestamp").asLong());
  }

  @Test
  void aTrackIsGivenInTheFormThatIsWanted() throws Exception {
    storeTrack();
    String track = "/api/v1/devices/dev-1/track?from=" + DAY + "&to=" + (DAY + 60_000);
    JsonNode geo = json(track + "&format=geojson");
    JsonNode line = geo.path("features").get(0).path("geometry").path("coordinates");
    assertEquals(10, line.size());
    assertEquals(7.4, line.get(0).get(0).asDouble());
    String csv = Http.get(rig.port(), track + "&format=csv").body();
    assertEquals(11, csv.lines().count());
    assertTrue(csv.contains(Moments.text(DAY) + "," + DAY + ",43.7,7.4,90,5,,60"), csv);
    var gpx = Http.send(Http.request(rig.port(), track).header("Accept", "application/gpx+xml"));
    assertEquals(
        10,
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(gpx.body().getBytes(StandardCharsets.UTF_8)))
            .getElementsByTagName("trkpt")
            .getLength());
    assertEquals(
        406, Http.send(Http.request(rig.port(), track).header("Accept", "image/png")).statusCode());
  }

  @Test
  void eventsAreListedNewestFirstWithTheirAcknowledgement() throws Exception {
    rig.record(Rig.event("dev-1", "a", "critical"), Rig.event("dev-2", "b", "info"));
    Http.post(rig.port(), "/api/v1/devices/dev-1/events/a/acknowledge", "{\"note\":\"on it\"}");
    JsonNode events = json("/api/v1/events");
    assertEquals(List.of("b", "a"), ids(events));
    assertEquals("on it", events.path("items").get(1).path("acknowledged").path("note").asText());
    assertEquals(List.of("a"), ids(json("/api/v1/events?severity=critical")));
    assertEquals(List.of("b"), ids(json("/api/v1/events?device=dev-2")));
    JsonNode page = json("/api/v1/events?limit=1");
    assertEquals(List.of("b"), ids(page));
    JsonNode rest = json("/api/v1/events?limit=1&cursor=" + page.path("next").asText());
    assertEquals(List.of("a"), ids(rest));
    assertTrue(rest.path("next").isNull());
  }

  @Test
  void aCursorOfLiveWalksTheLogForwardWithAcknowledgements() throws Exception {
    rig.record(Rig.event("dev-1", "a", null), Rig.event("dev-2", "b", null));
    Http.post(rig.port(), "/api/v1/devices/dev-1/events/a/acknowledge", "");
    JsonNode walk = json("/api/v1/events?limit=2&cursor=" + Cursors.text(0));
    assertEquals(List.of("a", "b"), ids(walk));
    JsonNode rest = json("/api/v1/events?limit=2&cursor=" + walk.path("next").asText());
    assertEquals("local", rest.path("items").get(0).path("by").asText());
    assertTrue(rest.path("next").isNull());
  }

  @Test
  void theFirstAcknowledgementStandsAndTheUserIsTheSessions() throws Exception {
    rig.record(Rig.event("dev-1", "a", "critical"));
    String path = "/api/v1/devices/dev-1/events/a/acknowledge";
    JsonNode first =
        LiveClient.JSON.readTree(Http.post(rig.port(), path, "{\"note\":\"1\"}").body());
    JsonNode second =
        LiveClient.JSON.readTree(Http.post(rig.port(), path, "{\"note\":\"2\"}").body());
    assertEquals(first, second);
    assertEquals("local", first.path("by").asText());
    assertEquals(404, Http.post(rig.port(), path.replace("/a/", "/z/"), "").statusCode());
  }

  @Test
  void anEventThatIsStillPendingCanNotBeAcknowledgedYetAndThatIsSaid() throws Exception {
    DeviceEvent event = Rig.event("dev-1", "waits", "critical");
    rig.bus.pending(rig.token, List.of(event));
    String path = "/api/v1/devices/dev-1/events/waits/acknowledge";
    Await.until(() -> posted(path).statusCode() == 409);
    assertTrue(posted(path).body().contains("once it is"), posted(path).body());
    rig.bus.entries(rig.commit(event));
    assertEquals(200, posted(path).statusCode());
    DeviceEvent refused = Rig.event("dev-1", "refused", "critical");
    rig.bus.pending(rig.token, List.of(refused));
    rig.bus.unrecorded(refused.key(), "store");
    String other = path.replace("waits", "refused");
    Await.until(() -> posted(other).body().contains("history refused"));
    assertEquals(409, posted(other).statusCode());
  }

  private HttpResponse<String> posted(String path) {
    try {
      return Http.post(rig.port(), path, "");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aBodyThatIsNotWhatItShouldBeIsRefused() throws Exception {
    rig.record(Rig.event("dev-1", "a", null));
    String path = "/api/v1/devices/dev-1/events/a/acknowledge";
    for (String body :
        List.of(
            "[]",
            "{",
            "{\"note\":1}",
            "{\"by\":\"me\"}",
            "{} {}",
            "{\"note\":\"a\",\"note\":\"b\"}",
            "{\"note\":\"" + "x".repeat(2_001) + "\"}")) {
      assertEquals(400, Http.post(rig.port(), path, body).statusCode(), body);
    }
    assertEquals(
        415,
        Http.send(
                Http.request(rig.port(), path)
                    .header("Content-Type", "text/plain")
                    .POST(HttpRequest.BodyPublishers.ofString("{}")))
            .statusCode());
    assertEquals(1, rig.log.newest());
  }

  @Test
  void withHistoryAwayTheAnswerIs503WithoutADetailOfOurs() throws Exception {
    rig.breakable.away = true;
    HttpResponse<String> answer = Http.get(rig.port(), "/api/v1/events");
    assertEquals(503, answer.statusCode());
    assertEquals("1", answer.headers().firstValue("Retry-After").orElse(""));
    assertFalse(answer.body().contains("Exception"));
  }

  @Test
  void theDocumentNamesEveryRouteAndNoOther() throws Exception {
    JsonNode document = json("/openapi.json");
    assertEquals("3.1.0", document.path("openapi").asText());
    Set<String> described = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method ->
                            described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
    Set<String> served = new TreeSet<>();
    rig.gateway.routes().forEach(route -> served.add(route.method() + " " + route.template()));
    assertEquals(served, described);
  }

  @Test
  void theDocumentNamesEveryParameterAndNoOther() throws Exception {
    JsonNode document = json("/openapi.json");
    for (Route route : rig.gateway.routes()) {
      if (route.template().startsWith("/api/")) {
        Set<String> described = new TreeSet<>();
        String method = route.method().toLowerCase(Locale.ROOT);
        JsonNode operation = document.path("paths").path(route.template()).path(method);
        for (JsonNode parameter : operation.path("parameters")) {
          JsonNode named =
              parameter.has("$ref")
                  ? document.at(parameter.path("$ref").asText().substring(1))
                  : parameter;
          if (named.path("in").asText().equals("query")) {
            described.add(named.path("name").asText());
          }
        }
        assertEquals(new TreeSet<>(route.parameters()), described, route.template());
      }
    }
  }

  /** P33: what a device's wrong clock hides is found by its arrival. */
  @Test
  void anEventOfAWrongClockIsFoundByItsArrival() throws Exception {
    long now = System.currentTimeMillis();
    rig.record(
        new DeviceEvent("dev-1", "old", now - 619_000_000_000L, now, "t", null, null, 1, 2, null));
    String span = "?from=" + (now - 1_000) + "&to=" + (now + 60_000);
    assertEquals(List.of(), ids(json("/api/v1/events" + span)));
    assertEquals(List.of("old"), ids(json("/api/v1/events" + span + "&by=received")));
    assertEquals(
        List.of("old"),
        ids(json("/api/v1/events" + span + "&by=received&cursor=" + Cursors.text(0))));
  }

  @Test
  void aPageOfLargeEventsEndsEarlyAndTheNextGoesOn() throws Exception {
    String large = "{\"x\":\"" + "y".repeat(15_000) + "\"}";
    DeviceEvent[] events = new DeviceEvent[350];
    for (int i = 0; i < events.length; i++) {
      events[i] = new DeviceEvent("dev-1", "e" + i, 1, 1, "t", null, null, 1, 2, large);
    }
    rig.commit(events);
    for (String first : List.of("", "&cursor=" + Cursors.text(0))) {
      Set<String> seen = new TreeSet<>();
      String cursor = first;
      int given = 0;
      while (!cursor.isEmpty() || given == 0) {
        HttpResponse<String> page = Http.get(rig.port(), "/api/v1/events?limit=1000" + cursor);
        assertTrue(page.body().length() < 4 << 20, "a page of " + page.body().length());
        JsonNode read = LiveClient.JSON.readTree(page.body());
        given += read.path("items").size();
        seen.addAll(ids(read));
        cursor = read.path("next").isNull() ? "" : "&cursor=" + read.path("next").asText();
      }
      assertEquals(events.length, given);
      assertEquals(events.length, seen.size());
    }
  }

  @Test
  void theDocumentsReferencesLeadSomewhere() throws Exception {
    JsonNode document = json("/openapi.json");
    document
        .findValuesAsText("$ref")
        .forEach(ref -> assertFalse(document.at(ref.substring(1)).isMissingNode(), ref));
  }
}

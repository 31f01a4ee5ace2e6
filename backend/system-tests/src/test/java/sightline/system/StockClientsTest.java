package sightline.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients and conventions of the seed, unchanged, against a whole Sightline. */
@Tag("slow")
final class StockClientsTest {
  private static final String ALL = "{\"type\":\"subscribe\",\"devices\":\"all\"}";
  private static final String ALL_AND_EVENTS =
      "{\"type\":\"subscribe\",\"devices\":\"all\",\"events\":{\"since\":null}}";

  @TempDir private static Path folder;
  private static Up up;

  @BeforeAll
  static void start() throws Exception {
    up = new Up(folder, Map.of("SIGHTLINE_HISTORY_RECORDER_INTERVAL", "1s"));
  }

  @AfterAll
  static void stop() {
    up.close();
  }

  private static String location(long millis, double lat, double lon) {
    return "{\"timestamp\":%d,\"lat\":%s,\"lon\":%s}".formatted(millis, lat, lon);
  }

  private static String event(String id, String severity) {
    return "{\"id\":\"%s\",\"timestamp\":%d,\"type\":\"alert\",\"severity\":\"%s\"}"
        .formatted(id, System.currentTimeMillis(), severity);
  }

  private static void locate(String device, double lat, double lon) throws Exception {
    Stock.publish(
        up.mqttPort(),
        "devices/" + device + "/location",
        location(System.currentTimeMillis(), lat, lon));
  }

  @Test
  void aPublisherMovesAUnitOnEveryBrowserAndInTheApi() throws Exception {
    LiveSocket browser = up.live(ALL);
    browser.await("snapshot");
    locate("mover", 47.1, 9.5);
    assertEquals(47.1, browser.device("mover").path("lat").asDouble());

    locate("mover", 47.2, 9.6);
    assertEquals(47.2, browser.device("mover").path("lat").asDouble());
    assertEquals(9.6, up.get("/api/v1/devices/mover").path("lon").asDouble());
  }

  @Test
  void aSubscriberSeesTheWholeFleet() throws Exception {
    try (Stock.Subscriber fleet = new Stock.Subscriber(up.mqttPort(), "-t", "fleet/+/location")) {
      locate("seen-1", 47.1, 9.5);
      assertTrue(fleet.await("fleet/seen-1/location {").contains("\"lat\":47.1"));
      locate("seen-2", 47.3, 9.5);
      assertTrue(fleet.await("fleet/seen-2/location {").contains("\"lat\":47.3"));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 60})
  void aLastWillTakesAUnitOfflineAtOnceWhateverItsTimestampAndAPublishBringsItBack(long minutesAgo)
      throws Exception {
    String unit = "mortal-" + minutesAgo;
    long written = System.currentTimeMillis() - Duration.ofMinutes(minutesAgo).toMillis();
    String status = "devices/" + unit + "/status";
    LiveSocket browser = up.live(ALL);
    try (Stock.Subscriber mortal =
        new Stock.Subscriber(
            up.mqttPort(),
            "-t",
            "devices/" + unit + "/acks",
            "--will-topic",
            status,
            "--will-qos",
            "1",
            "--will-retain",
            "--will-payload",
            "{\"online\":false,\"timestamp\":" + written + "}")) {
      String online = "{\"online\":true,\"timestamp\":" + System.currentTimeMillis() + "}";
      Stock.publish(up.mqttPort(), status, online, "-q", "1", "-r");
      locate(unit, 47.1, 9.5);
      assertTrue(mortal.runs());
      Await.until("it is online", () -> List.of("stopped", "moving").contains(up.state(unit)));
    }
    browser.await(
        unit + " offline",
        message ->
            message.path("devices").findParents("id").stream()
                .anyMatch(
                    device ->
                        device.path("id").asText().equals(unit)
                            && device.path("state").asText().equals("offline")));
    assertEquals("offline", up.state(unit));

    locate(unit, 47.1, 9.5);
    Await.until("it is online again", () -> up.state(unit).equals("stopped"));
  }

  /** P62. */
  @Test
  void twoClientsWithOneIdAreNamedAtTheUnitWhichStaysOnline() throws Exception {
    locate("twin", 47.1, 9.5);
    List<RawMqtt> rivals = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        RawMqtt rival = new RawMqtt(up.mqttPort(), "twin");
        rivals.add(rival);
        rival.publishAndWait(
            "devices/twin/location", location(System.currentTimeMillis(), 47.1, 9.5));
      }
      Await.until(
          "it is named",
          () ->
              up.get("/api/v1/devices/twin")
                  .path("refused")
                  .path("reason")
                  .asText()
                  .equals("same-id"));
      assertTrue(List.of("stopped", "moving").contains(up.state("twin")));
    } finally {
      for (RawMqtt rival : rivals) {
        rival.close();
      }
    }
  }

  @Test
  void aTrackHasWhatWasPublishedOnceTheRecorderHasPassed() throws Exception {
    long begin = System.currentTimeMillis();
    for (int i = 0; i < 3; i++) {
      Stock.publish(
          up.mqttPort(), "devices/walker/location", location(begin + i, 47.1 + i / 10.0, 9.5));
    }
    Await.until("it is known", () -> up.get("/api/v1/devices/walker").has("received"));
    String path = "/api/v1/devices/walker/track?from=" + begin + "&to=" + (begin + 10);
    Await.until(
        "all is recorded", () -> up.get(path).path("items").size() == 3, () -> "see " + path);

    JsonNode track = up.get(path);
    assertEquals(List.of("47.1", "47.2", "47.3"), track.path("items").findValuesAsText("lat"));
    long received = up.get("/api/v1/devices/walker").path("received").asLong();
    Await.until("it says so", () -> up.get(path).path("recordedThrough").asLong() >= received);
  }

  @Test
  void g1AnEventIsShownOnceAndOnceAfterAReconnectThatMissedIt() throws Exception {
    LiveSocket first = up.live(ALL_AND_EVENTS);
    String before = first.await("events").path("cursor").asText();
    Stock.publish(up.mqttPort(), "devices/caller/events", event("call-1", "info"), "-q", "1");
    JsonNode shown = first.await("call-1", message -> names(message, "call-1"));
    first.close();
    Stock.publish(up.mqttPort(), "devices/caller/events", event("call-2", "info"), "-q", "1");
    Stock.publish(up.mqttPort(), "devices/caller/events", event("call-1", "info"), "-q", "1");
    Await.until("it is recorded", () -> up.ask("/api/v1/events").body().contains("call-2"));

    String cursor = shown.path("cursor").asText();
    LiveSocket again = up.live(ALL_AND_EVENTS.replace("null", '"' + cursor + '"'));
    again.await("call-2", message -> names(message, "call-2"));
    Stock.publish(up.mqttPort(), "devices/caller/events", event("call-3", "info"), "-q", "1");
    again.await("call-3", message -> names(message, "call-3"));
    assertEquals(List.of(), again.rest().stream().filter(m -> names(m, "call-2")).toList());

    LiveSocket late = up.live(ALL_AND_EVENTS.replace("null", '"' + before + '"'));
    JsonNode all = late.await("all three", message -> names(message, "call-3"));
    assertEquals(
        List.of("call-1", "call-2", "call-3"),
        all.path("events").findValuesAsText("id").stream()
            .filter(id -> id.startsWith("call-"))
            .toList());
  }

  private static boolean names(JsonNode message, String event) {
    return message.path("type").asText().equals("events")
        && message.path("events").findValuesAsText("id").contains(event);
  }

  @Test
  void everyBrowserSeesOneAcknowledgement() throws Exception {
    LiveSocket one = up.live(ALL_AND_EVENTS);
    LiveSocket other = up.live(ALL_AND_EVENTS);
    one.await("events");
    other.await("events");
    Stock.publish(up.mqttPort(), "devices/alarmed/events", event("panic", "critical"), "-q", "1");
    one.await("panic", message -> names(message, "panic"));
    other.await("panic", message -> names(message, "panic"));
    assertTrue(up.get("/api/v1/devices/alarmed").path("alarm").asBoolean(true));

    String path = "/api/v1/devices/alarmed/events/panic/acknowledge";
    String by = up.post(path, "{\"note\":\"on our way\"}").path("by").asText();
    up.post(path, "{\"note\":\"twice\"}");
    for (LiveSocket browser : List.of(one, other)) {
      JsonNode acknowledged = browser.await("acknowledged");
      assertEquals("panic", acknowledged.path("event").asText());
      assertEquals("on our way", acknowledged.path("note").asText());
      assertEquals(by, acknowledged.path("by").asText());
      browser.await("heartbeat");
      assertEquals(
          List.of(),
          browser.rest().stream()
              .filter(message -> message.path("type").asText().equals("acknowledged"))
              .toList());
    }
  }
}

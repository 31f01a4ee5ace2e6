package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** P71, P72: tracks in parts, and as files. */
final class TrackTest {
  private static final long BEGIN = System.currentTimeMillis() / 60_000 * 60_000 - 36_000_000;

  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(directory);
    rig.publish(Rig.device("dev-1", 43.7, 7.4, 10));
    rig.start();
    Await.until(() -> rig.gateway.notReady().isEmpty());
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static Position at(long millis, long seq, double lat, double lon, double altitude) {
    double none = Double.NaN;
    return new Position(
        "dev-1",
        new Order(millis, seq),
        millis,
        millis,
        false,
        lat,
        lon,
        359.996,
        none,
        none,
        altitude);
  }

  private static String track(String more) {
    return "/api/v1/devices/dev-1/track?from=" + BEGIN + "&to=" + (BEGIN + 36_000_000) + more;
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpResponse<String> answer = Http.get(rig.port(), path);
    assertEquals(200, answer.statusCode(), answer.body());
    return answer;
  }

  private JsonNode json(String path) throws Exception {
    return LiveClient.JSON.readTree(get(path).body());
  }

  private void many(int count) {
    List<Position> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(at(BEGIN + i * 1_000L, i, 47, 9 + i * 1e-5, Double.NaN));
    }
    rig.positions.store(all, "c");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void pagesGiveEveryPositionOnceAlsoOfOneMillisecond(int limit) throws Exception {
    List<Position> all = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      all.add(at(BEGIN + i / 3, i % 3, i, 1, Double.NaN));
    }
    rig.positions.store(all, "c");
    List<Double> lats = new ArrayList<>();
    String cursor = "";
    int pages = 0;
    do {
      JsonNode page = json(track("&limit=" + limit + cursor));
      page.path("items").forEach(item -> lats.add(item.path("lat").asDouble()));
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asText();
      assertTrue(++pages < 9, "the pages have no end");
    } while (!cursor.isEmpty());
    assertEquals(List.of(0., 1., 2., 3., 4., 5., 6.), lats);
  }

  @Test
  void aThinnedTrackIsTheSameInPagesAsWhole() throws Exception {
    many(100);
    JsonNode whole = json(track("&every=7000")).path("items");
    List<JsonNode> parts = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = json(track("&every=7000&limit=4" + cursor));
      page.path("items").forEach(parts::add);
      cursor = page.path("next").isNull() ? "" : "&cursor=" + page.path("next").asText();
    } while (!cursor.isEmpty());
    assertTrue(parts.size() > 8);
    assertEquals(parts, new ArrayList<>(List.copyOf(iterable(whole))));
  }

  private static List<JsonNode> iterable(JsonNode list) {
    List<JsonNode> items = new ArrayList<>();
    list.forEach(items::add);
    return items;
  }

  @Test
  void aFileHasEveryPositionHoweverManyTheyAre() throws Exception {
    int count = 25_000;
    many(count);
    assertEquals(count + 1, get(track("&format=csv")).body().lines().count());
    assertEquals(count, points(get(track("&format=gpx")).body()).getLength());
    Set<Long> times = new TreeSet<>();
    int coordinates = 0;
    JsonNode features = json(track("&format=geojson")).path("features");
    for (JsonNode feature : features) {
      coordinates += feature.path("geometry").path("coordinates").size();
      feature.path("properties").path("times").forEach(time -> times.add(time.asLong()));
    }
    assertEquals(count, times.size());
    assertEquals(count + features.size() - 1, coordinates, "each begins where one ended");
    JsonNode page = json(track("&limit=20000"));
    assertEquals(20_000, page.path("items").size());
    JsonNode rest = json(track("&cursor=" + page.path("next").asText()));
    assertEquals(5_000, rest.path("items").size());
    assertTrue(rest.path("next").isNull());
  }

  @Test
  void aFileThatALimitCutSaysWhereTheRestIs() throws Exception {
    many(1_500);
    HttpResponse<String> part = get(track("&format=csv&limit=1000"));
    assertEquals(1_001, part.body().lines().count());
    String link = part.headers().firstValue("Link").orElseThrow();
    assertTrue(link.endsWith("; rel=\"next\""), link);
    HttpResponse<String> rest = get(link.substring(1, link.indexOf('>')));
    assertEquals(501, rest.body().lines().count());
    assertFalse(rest.headers().firstValue("Link").isPresent());
    assertFalse(get(track("&format=csv")).headers().firstValue("Link").isPresent());
  }

  private static NodeList points(String gpx) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(gpx.getBytes(StandardCharsets.UTF_8)))
        .getElementsByTagName("trkpt");
  }

  @Test
  void numbersInFilesArePlainAndLongitudesOfGpxAreBelow180() throws Exception {
    rig.positions.store(
        List.of(
            at(BEGIN, 0, 4e-7, 180, 3),
            at(BEGIN + 120, 0, -90, 179.99999999, Double.NaN),
            at(BEGIN + 900_000, 0, 1, 179, Double.NaN)),
        "c");
    String gpx = get(track("&format=gpx")).body();
    NodeList points = points(gpx);
    Pattern plain = Pattern.compile("-?[0-9]{1,3}(\\.[0-9]+)?");
    for (int i = 0; i < points.getLength(); i++) {
      Element point = (Element) points.item(i);
      String lon = point.getAttribute("lon");
      assertTrue(plain.matcher(lon).matches() && Double.parseDouble(lon) < 180, lon);
      assertTrue(plain.matcher(point.getAttribute("lat")).matches(), point.getAttribute("lat"));
    }
    assertEquals("0.0000004", ((Element) points.item(0)).getAttribute("lat"));
    assertEquals(3, gpx.split("<trkseg>", -1).length, "a silence begins a segment: " + gpx);
    String csv = get(track("&format=csv")).body();
    assertTrue(csv.contains(".000Z,") && csv.contains(".120Z,"), csv);
    assertTrue(csv.contains(",0.0000004,180,0,"), csv);
    assertTrue(csv.lines().skip(1).allMatch(line -> line.matches("\\S{23}Z,.*")), csv);
    assertEquals(0, json(track("")).path("items").get(0).path("heading").asDouble());
  }

  @Test
  void headHasNoBodyAndAClientBeforeChunksGetsTheTrackToTheConnectionsEnd() throws Exception {
    many(1_200);
    try (RawClient client = new RawClient(rig.port())) {
      client.say("HEAD " + track("") + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
      client.say("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertTrue(client.head().startsWith("HTTP/1.1 200 "));
      assertTrue(client.head().startsWith("HTTP/1.1 200 "), "a body came after HEAD");
    }
    try (RawClient client = new RawClient(rig.port())) {
      client.say("GET " + track("&format=csv") + " HTTP/1.0\r\nHost: localhost\r\n\r\n");
      String head = client.head().toLowerCase(Locale.ROOT);
      assertFalse(head.contains("chunked"), head);
      byte[] body = client.socket.getInputStream().readAllBytes();
      assertEquals(1_201, new String(body, StandardCharsets.UTF_8).lines().count());
    }
  }

  private JsonNode features() throws Exception {
    JsonNode all = json(track("&format=geojson"));
    assertEquals("FeatureCollection", all.path("type").asText());
    return all.path("features");
  }

  @Test
  void geoJsonOfNoPositionIsEmptyAndOfOneAPoint() throws Exception {
    assertEquals(0, features().size());
    rig.positions.store(List.of(at(BEGIN, 0, 47, 9, 460)), "c");
    JsonNode geometry = features().get(0).path("geometry");
    assertEquals("Point", geometry.path("type").asText());
    assertEquals("[9,47,460]", geometry.path("coordinates").toString());
  }

  @Test
  void geoJsonHasAnAltitudeAtAllPositionsOrAtNone() throws Exception {
    rig.positions.store(List.of(at(BEGIN, 0, 1, 9, 5), at(BEGIN + 1, 0, 2, 9, 6)), "c");
    assertEquals(
        "[[9,1,5],[9,2,6]]", features().get(0).path("geometry").path("coordinates").toString());
    rig.positions.store(List.of(at(BEGIN + 2, 0, 3, 9, Double.NaN)), "c");
    JsonNode geometry = features().get(0).path("geometry");
    assertEquals("LineString", geometry.path("type").asText());
    assertEquals("[[9,1],[9,2],[9,3]]", geometry.path("coordinates").toString());
  }

  @Test
  void geoJsonIsCutAtTheAntimeridian() throws Exception {
    rig.positions.store(
        List.of(
            at(BEGIN, 0, 10, 179, Double.NaN),
            at(BEGIN + 400, 0, 14, -179, Double.NaN),
            at(BEGIN + 500, 0, 14, 180, Double.NaN)),
        "c");
    JsonNode feature = features().get(0);
    assertEquals("MultiLineString", feature.path("geometry").path("type").asText());
    assertEquals(
        "[[[179,10],[180,12]],[[-180,12],[-179,14],[-180,14]],[[180,14],[180,14]]]",
        feature.path("geometry").path("coordinates").toString());
    assertEquals(
        "[[%d,%d],[%d,%d,%d],[%d,%d]]"
            .formatted(
                BEGIN,
                BEGIN + 200,
                BEGIN + 200,
                BEGIN + 400,
                BEGIN + 500,
                BEGIN + 500,
                BEGIN + 500),
        feature.path("properties").path("times").toString());
    assertEquals(3, get(track("&format=gpx")).body().split("</trkseg>", -1).length - 1);
  }
}

package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A basemap that somebody drops into the data directory. */
final class BasemapsTest {
  private static final String METADATA =
      "{\"name\":\"Alps\",\"vector_layers\":[{\"id\":\"earth\",\"fields\":{\"id\":\"x\"}},"
          + "{\"id\":\"roads\"}],\"attribution\":\"<a href='https://x.example'"
          + " onclick='alert(1)'>&copy; OpenStreetMap</a>\"}";

  private int written;

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

  /** A file with a header, metadata, and bytes for tiles. */
  private static byte[] pmTiles(String metadata, boolean compressed) throws IOException {
    byte[] json = metadata.getBytes(StandardCharsets.UTF_8);
    if (compressed) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(json);
      }
      json = out.toByteArray();
    }
    ByteBuffer file =
        ByteBuffer.allocate(127 + json.length + 10_000).order(ByteOrder.LITTLE_ENDIAN);
    file.put("PMTiles".getBytes(StandardCharsets.US_ASCII)).put((byte) 3);
    file.putLong(24, 127).putLong(32, json.length);
    file.putLong(8, 127 + json.length).putLong(16, 100);
    file.putLong(56, 227 + json.length).putLong(64, 9_900);
    file.put(97, (byte) (compressed ? 2 : 1)).put(99, (byte) 1);
    file.put(100, (byte) 0).put(101, (byte) 14);
    file.putInt(102, 94_000_000).putInt(106, 470_000_000);
    file.putInt(110, 97_000_000).putInt(114, 473_000_000);
    file.put(118, (byte) 8).putInt(119, 95_000_000).putInt(123, 471_000_000);
    file.position(127).put(json);
    for (int i = 0; i < 10_000; i++) {
      file.put((byte) i);
    }
    return file.array();
  }

  private JsonNode items() throws Exception {
    return LiveClient.JSON.readTree(Http.get(rig.port(), "/api/v1/basemaps").body()).path("items");
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    var request = Http.request(rig.port(), path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return LiveClient.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  @Test
  void aFileThatIsDroppedThereIsListedWithWhatItSaysOfItself() throws Exception {
    assertEquals(0, items().size());
    Files.write(directory.resolve("my alps.pmtiles"), pmTiles(METADATA, true));
    JsonNode basemap = items().get(0);
    assertEquals("Alps", basemap.path("name").asText());
    assertEquals("my alps.pmtiles", basemap.path("file").asText());
    assertEquals("mvt", basemap.path("tiles").asText());
    assertEquals(14, basemap.path("maxZoom").asInt());
    assertEquals("[9.4,47,9.7,47.3]", basemap.path("bounds").toString());
    assertEquals("[9.5,47.1,8]", basemap.path("center").toString());
    assertEquals("© OpenStreetMap", basemap.path("attribution").asText());
    assertEquals("[\"earth\",\"roads\"]", basemap.path("layers").toString());
  }

  @Test
  void itIsServedInPartsAndItsUrlStandsForItsBytes() throws Exception {
    byte[] bytes = pmTiles(METADATA, false);
    Files.write(directory.resolve("a.pmtiles"), bytes);
    String url = items().get(0).path("url").asText();
    var part = get(url, "Range", "bytes=0-126");
    assertEquals(206, part.statusCode());
    assertArrayEquals(Arrays.copyOf(bytes, 127), part.body());
    String range = part.headers().firstValue("Content-Range").orElseThrow();
    assertEquals("bytes 0-126/" + bytes.length, range);
    String caching = part.headers().firstValue("Cache-Control").orElseThrow();
    assertTrue(caching.contains("immutable"), caching);
    assertEquals(
        "application/vnd.pmtiles", part.headers().firstValue("Content-Type").orElseThrow());
    assertArrayEquals(bytes, get(url).body());
    String tag = part.headers().firstValue("ETag").orElseThrow();
    assertEquals(304, get(url, "If-None-Match", tag).statusCode());
    assertEquals(416, get(url, "Range", "bytes=99999999-").statusCode());
    var plain = get("/basemaps/a.pmtiles", "Range", "bytes=7-7");
    assertEquals("no-cache", plain.headers().firstValue("Cache-Control").orElseThrow());
    Files.write(directory.resolve("a.pmtiles"), pmTiles("{}", false));
    assertFalse(url.equals(items().get(0).path("url").asText()));
    assertEquals("no-cache", get(url).headers().firstValue("Cache-Control").orElseThrow());
  }

  /** Of a file of another name each time: one of the same time and size is not read again. */
  private String problem(byte[] bytes) throws Exception {
    String name = "x" + ++written + ".pmtiles";
    Path file = directory.resolve(name);
    Files.write(file, bytes);
    JsonNode item = items().get(0);
    assertFalse(item.has("url"), "it is offered");
    assertEquals(404, get("/basemaps/" + name).statusCode());
    Files.delete(file);
    return item.path("problem").asText();
  }

  /** P39: what can't be drawn is not offered. */
  @Test
  void aFileThatIsNotWholeOrCanNotBeDrawnIsNotOfferedAndSaysWhy() throws Exception {
    byte[] whole = pmTiles(METADATA, true);
    String half = problem(Arrays.copyOf(whole, whole.length / 2));
    assertEquals(
        "it is not whole: it has %d of %d bytes; copy it again"
            .formatted(whole.length / 2, whole.length),
        half);
    assertTrue(problem(with(whole, 99, 6)).contains("type 6"));
    assertTrue(problem(with(whole, 99, 0)).contains("type 0"));
    assertTrue(problem(with(whole, 98, 4)).contains("compressed"));
    assertTrue(problem(with(whole, 16, 0)).contains("directory"));
    assertTrue(problem(with(whole, 63, 0x7f)).contains("bytes"), "an offset past the end");
    assertEquals("its header is damaged", problem(with(whole, 63, 0x80)));
    assertTrue(problem(with(whole, 100, 15)).contains("zooms"));
    assertTrue(problem(with(whole, 113, 0x7f)).contains("bounds"));
  }

  private static byte[] with(byte[] bytes, int at, int value) {
    byte[] changed = bytes.clone();
    changed[at] = (byte) value;
    return changed;
  }

  @Test
  void aFileThatIsNoBasemapIsListedWithWhatIsWrongAndNotServed() throws Exception {
    Files.writeString(directory.resolve("x.pmtiles"), "not one");
    JsonNode item = items().get(0);
    assertEquals("this is no PMTiles file of version 3", item.path("problem").asText());
    assertFalse(item.has("url"));
    assertEquals(404, get("/basemaps/x.pmtiles").statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "events.db",
        "..%2Fa.pmtiles",
        ".hidden.pmtiles",
        "..",
        "%2e%2e%2fa.pmtiles",
        "a%5Cb.pmtiles",
        "none.pmtiles",
        "a%00.pmtiles"
      })
  void nothingElseOfTheDataDirectoryIsServed(String name) throws Exception {
    Files.write(directory.resolve(".hidden.pmtiles"), pmTiles("{}", false));
    int status = get("/basemaps/" + name).statusCode();
    assertTrue(status == 404 || status == 400, name + ": " + status);
  }
}

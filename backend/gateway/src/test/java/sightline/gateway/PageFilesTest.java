package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's files. */
final class PageFilesTest {
  private static final String SCRIPT = "console.log('hello');\n".repeat(200);

  @TempDir Path directory;
  private Path page;
  private Rig rig;

  @BeforeEach
  void open() throws IOException {
    page = Files.createDirectories(directory.resolve("page"));
    Files.createDirectories(page.resolve("assets"));
    Files.writeString(page.resolve("index.html"), "<!doctype html><title>x</title>");
    Files.writeString(page.resolve("assets/app-4f3c2a1b.js"), SCRIPT);
    Files.writeString(directory.resolve("secret.txt"), "secret");
    byte[] tiles = new byte[9 << 20];
    for (int i = 0; i < tiles.length; i++) {
      tiles[i] = (byte) ((i * 31) >> 3);
    }
    Files.write(page.resolve("world.pmtiles"), tiles);
    rig = new Rig(Files.createDirectories(directory.resolve("data")), Rig.SETTINGS.withPage(page));
    rig.start();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    var request = Http.request(rig.port(), path);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return LiveClient.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static String field(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Test
  void theIndexIsAskedForAgainEachTimeAndAHashedFileNever() throws Exception {
    HttpResponse<byte[]> index = get("/");
    assertEquals(200, index.statusCode());
    assertEquals("no-cache", field(index, "Cache-Control"));
    assertEquals("text/html; charset=utf-8", field(index, "Content-Type"));
    assertEquals(304, get("/", "If-None-Match", field(index, "ETag")).statusCode());
    assertEquals(
        "public, max-age=31536000, immutable",
        field(get("/assets/app-4f3c2a1b.js"), "Cache-Control"));
  }

  @Test
  void aChangedFileIsGivenAnewWithAnotherTag() throws Exception {
    String tag = field(get("/"), "ETag");
    Files.writeString(page.resolve("index.html"), "<!doctype html><title>other</title>");
    HttpResponse<byte[]> again = get("/", "If-None-Match", tag);
    assertEquals(200, again.statusCode());
    assertTrue(new String(again.body(), StandardCharsets.UTF_8).contains("other"));
  }

  @Test
  void aScriptIsCompressedForThoseWhoTakeIt() throws Exception {
    HttpResponse<byte[]> gzip = get("/assets/app-4f3c2a1b.js", "Accept-Encoding", "br, gzip;q=0.8");
    assertEquals("gzip", field(gzip, "Content-Encoding"));
    assertTrue(gzip.body().length < SCRIPT.length() / 5);
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(gzip.body())).readAllBytes();
    assertEquals(SCRIPT, new String(plain, StandardCharsets.UTF_8));
    HttpResponse<byte[]> refused = get("/assets/app-4f3c2a1b.js", "Accept-Encoding", "gzip;q=0");
    assertEquals("", field(refused, "Content-Encoding"));
    assertEquals(SCRIPT, new String(refused.body(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({"bytes=0-9,0,10", "bytes=5000000-5000003,5000000,4", "bytes=-5,9437179,5"})
  void aPartOfALargeFileIsGiven(String range, int first, int length) throws Exception {
    HttpResponse<byte[]> part = get("/world.pmtiles", "Range", range);
    assertEquals(206, part.statusCode());
    assertEquals("application/vnd.pmtiles", field(part, "Content-Type"));
    byte[] whole = Files.readAllBytes(page.resolve("world.pmtiles"));
    assertArrayEquals(Arrays.copyOfRange(whole, first, first + length), part.body());
    assertEquals(
        "bytes " + first + "-" + (first + length - 1) + "/" + whole.length,
        field(part, "Content-Range"));
  }

  @Test
  void aLargeFileIsGivenWholeAndPastItsEndIs416() throws Exception {
    assertArrayEquals(
        Files.readAllBytes(page.resolve("world.pmtiles")), get("/world.pmtiles").body());
    assertEquals(416, get("/world.pmtiles", "Range", "bytes=9999999-").statusCode());
    assertEquals(200, get("/world.pmtiles", "Range", "bytes=0-1,5-6").statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/assets/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/assets/..%5c..%5csecret.txt",
        "//secret.txt",
        "/assets/",
        "/assets",
        "/.hidden",
        "/link.txt",
        "/index.html/x",
        "/a%00b"
      })
  void nothingOutsideOfTheFolderIsGiven(String path) throws IOException {
    Files.writeString(page.resolve(".hidden"), "secret");
    Files.createSymbolicLink(page.resolve("link.txt"), directory.resolve("secret.txt"));
    try (RawClient client = new RawClient(rig.port())) {
      client.say("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      String head = client.head();
      assertTrue(head.startsWith("HTTP/1.1 404 ") || head.startsWith("HTTP/1.1 400 "), head);
    }
  }

  @Test
  void withoutAPageTheAnswerSaysHowToBuildIt() throws Exception {
    Files.delete(page.resolve("index.html"));
    HttpResponse<byte[]> answer = get("/");
    assertEquals(503, answer.statusCode());
    assertTrue(new String(answer.body(), StandardCharsets.UTF_8).contains("npm run build"));
    assertFalse(field(answer, "Cache-Control").isEmpty());
  }
}

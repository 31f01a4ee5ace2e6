package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP itself: what is refused and how, one connection after the other. */
final class HttpTest {
  private static final HttpSettings QUICK =
      new HttpSettings(
          200,
          2_048,
          4_096,
          4_096,
          Duration.ofMillis(700),
          Duration.ofMillis(900),
          64,
          1 << 20,
          1 << 20,
          1 << 20);

  @TempDir static Path directory;
  private static Rig rig;

  @BeforeAll
  static void open() {
    rig =
        new Rig(
                directory,
                Rig.SETTINGS.with(
                    LiveSettings.DEFAULT, QUICK, AdmissionSettings.DEFAULT, Duration.ZERO))
            .start();
    Await.until(() -> rig.gateway.notReady().isEmpty());
  }

  @AfterAll
  static void close() {
    rig.close();
  }

  private static String answerTo(String request) throws IOException {
    try (RawClient client = new RawClient(rig.port())) {
      client.say(request);
      return client.head();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/api/v1/nothing,404",
    "GET,/nothing.js,404",
    "DELETE,/api/v1/devices,405",
    "PUT,/index.html,405",
    "POST,/live,405",
    "GET,/live,426",
    "GET,/api/v1/devices?limit=x,400",
    "GET,/api/v1/devices?limit=0,400",
    "GET,/api/v1/devices?limit=NaN,400",
    "GET,/api/v1/devices?limit=-1,400",
    "GET,/api/v1/devices?limit=1e3,400",
    "GET,/api/v1/devices?limit=99999999999999999999,400",
    "GET,/api/v1/devices?limti=5,400",
    "GET,/api/v1/health?x=1,400",
    "GET,/api/v1/events?by=arrival,400",
    "GET,/api/v1/events?from=2026-02-01&to=2026-01-01,400",
    "GET,/api/v1/events?from=1767225600,400",
    "GET,/api/v1/devices/dev-1/track?every=-1,400",
    "GET,/api/v1/devices/dev-1/track?cursor=1767225600000,400",
    "GET,/api/v1/health/latency?cursor=t1-,400",
    "GET,/api/v1/events?from=yesterday,400",
    "GET,/api/v1/events?cursor=e1-,400",
    "GET,/api/v1/events?cursor=p1-!,400",
    "GET,/api/v1/devices?limit=1&limit=2,400",
    "GET,/api/v1/devices/a%2Fb/track,404",
    "GET,/%zz,400",
    "GET,/healthz,200",
    "GET,/readyz,200",
    "GET,/metrics,200",
    "GET,/openapi.json,200"
  })
  void eachKindOfMistakeHasItsStatus(String method, String path, int status) throws IOException {
    String head = answerTo(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
    if (status >= 400 && status != 426) {
      assertTrue(head.contains("application/problem+json"), head);
    }
  }

  /** P34: one form for every error. */
  @Test
  void anErrorSaysInOneFormWhatIsWrongAndWhatToDo() throws Exception {
    var unknown = Http.get(rig.port(), "/api/v1/events?serverity=critical");
    var problem = LiveClient.JSON.readTree(unknown.body());
    assertEquals("bad-request", problem.path("error").asText());
    assertTrue(problem.path("detail").asText().contains("severity"), unknown.body());
    var seconds = Http.get(rig.port(), "/api/v1/events?from=1767225600");
    assertTrue(seconds.body().contains("1767225600000"), seconds.body());
    var limit = Http.get(rig.port(), "/api/v1/events?limit=1001");
    assertTrue(limit.body().contains("from 1 to 1000"), limit.body());
  }

  @Test
  void whatIsReadForAClientThatHasGoneIsEnded() throws Exception {
    rig.breakable.held = new CountDownLatch(1);
    try {
      try (RawClient client = new RawClient(rig.port())) {
        client.say("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Await.until(() -> rig.breakable.waiting.get() == 1);
      }
      Await.until(() -> rig.breakable.waiting.get() == 0);
    } finally {
      rig.breakable.held.countDown();
    }
  }

  @Test
  void aMethodThatIsNotTakenNamesThoseThatAre() throws IOException {
    String head = answerTo("PATCH /api/v1/session HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertTrue(head.contains("DELETE, GET, HEAD, POST"), head);
  }

  @Test
  void headHasTheFieldsOfGetAndNoBody() throws IOException {
    try (RawClient client = new RawClient(rig.port())) {
      client.say("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      client.say("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertTrue(client.head().toLowerCase(Locale.ROOT).contains("content-length: 6"));
      assertTrue(client.head().startsWith("HTTP/1.1 200 "), "a body came after HEAD");
    }
  }

  @Test
  void requestsInARowAreAnsweredInTheirOrder() throws IOException {
    try (RawClient client = new RawClient(rig.port())) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        requests.append("HEAD /").append(i % 2 == 0 ? "healthz" : "nothing");
        requests.append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
      }
      client.say(requests.toString());
      for (int i = 0; i < 50; i++) {
        String expected = "HTTP/1.1 " + (i % 2 == 0 ? "200" : "404");
        assertTrue(client.head().startsWith(expected), "answer " + i);
      }
    }
  }

  @Test
  void whatIsTooLongIsRefusedByItsKind() throws IOException {
    String host = " HTTP/1.1\r\nHost: localhost\r\n";
    assertTrue(answerTo("GET /" + "x".repeat(3_000) + host + "\r\n").contains(" 414 "));
    assertTrue(answerTo("GET /" + host + "X: " + "y".repeat(5_000) + "\r\n\r\n").contains(" 431 "));
    assertTrue(
        answerTo("POST /api/v1/session" + host + "Content-Length: 5000\r\n\r\n").contains(" 413 "));
  }

  @Test
  void rubbishIsAnsweredOnceAndClosed() throws IOException {
    for (String rubbish : List.of("\0\1\2\3\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n")) {
      try (RawClient client = new RawClient(rig.port())) {
        client.say(rubbish);
        String head = client.head();
        assertTrue(head.isEmpty() || head.startsWith("HTTP/1.1 4"), head);
        assertFalse(head.contains("Exception"), head);
      }
    }
  }

  @Test
  void twoLengthsOrALengthWithChunksAreRefused() throws IOException {
    String post = "POST /api/v1/session HTTP/1.1\r\nHost: localhost\r\n";
    assertTrue(
        answerTo(post + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab").contains(" 400 "));
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example,403",
    "localhost,200",
    "LOCALHOST:8080,200",
    "127.0.0.1:1,200",
    "[::1]:8080,200",
    "localhost.evil.example,403",
    "localhost:80:80,403"
  })
  void onlyOurNamesAreServed(String host, int status) throws IOException {
    String head = answerTo("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    assertTrue(head.startsWith("HTTP/1.1 " + status), head);
  }

  @Test
  void aPageOfOthersCannotWrite() throws Exception {
    HttpRequest.Builder request =
        Http.request(rig.port(), "/api/v1/session")
            .header("Origin", "https://evil.example")
            .POST(HttpRequest.BodyPublishers.noBody());
    assertEquals(403, Http.send(request).statusCode());
    assertEquals(
        200,
        Http.send(
                Http.request(rig.port(), "/api/v1/session")
                    .header("Origin", "http://localhost:5173")
                    .POST(HttpRequest.BodyPublishers.noBody()))
            .statusCode());
  }

  @Test
  void everyAnswerForbidsWhatABrowserNeedNotDo() throws Exception {
    HttpResponse<String> answer = Http.get(rig.port(), "/");
    assertEquals(
        "default-src 'self'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'"
            + " data: blob:; connect-src 'self'; object-src 'none'; base-uri 'none';"
            + " frame-ancestors 'none'",
        answer.headers().firstValue("Content-Security-Policy").orElse(""));
    assertEquals("nosniff", answer.headers().firstValue("X-Content-Type-Options").orElse(""));
    assertEquals("no-referrer", answer.headers().firstValue("Referrer-Policy").orElse(""));
  }

  @Test
  void aSlowRequestIsCutOff() throws IOException {
    try (RawClient client = new RawClient(rig.port())) {
      client.say("GET /healthz HT");
      assertEquals("", client.head());
      assertTrue(rig.counted("sightline.gateway.rejected", "reason", "slow-request") >= 1);
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws IOException {
    try (RawClient client = new RawClient(rig.port())) {
      client.say("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertTrue(client.head().startsWith("HTTP/1.1 200 "));
      assertEquals("", client.head());
    }
  }

  @Test
  void moreConnectionsThanTheBoundAreClosed() throws IOException {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < QUICK.maxConnections() + 20; i++) {
        clients.add(new RawClient(rig.port()));
      }
      Await.until(() -> rig.counted("sightline.gateway.rejected", "reason", "connections") > 0);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
    Await.until(() -> rig.metrics.get("sightline.gateway.connections").gauge().value() < 5);
  }
}

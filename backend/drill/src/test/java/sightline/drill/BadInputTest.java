package sightline.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad input against all three doors of a whole running Sightline, beside a witness that goes on.
 */
@Tag("slow")
class BadInputTest {
  private static final Pattern REJECTED =
      Pattern.compile("sightline_bridge_rejected_total\\{reason=\"([a-z-]+)\"} ([0-9.]+)");
  private static final long SEED = 42;

  @TempDir private Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicInteger witnessed = new AtomicInteger();
  private final AtomicBoolean done = new AtomicBoolean();
  private UpProcess up;
  private Endpoints at;
  private Thread witness;

  @BeforeEach
  void start() throws Exception {
    up = new UpProcess(Program.SIGHTLINE, directory, Map.of());
    at = up.start();
    http.newWebSocketBuilder()
        .buildAsync(URI.create(at.live() + "?devices=witness"), new Counting())
        .get(10, TimeUnit.SECONDS);
    witness = Thread.ofVirtual().start(this::witness);
    until("the witness is seen", () -> witnessed.get() > 5);
  }

  @AfterEach
  void stop() throws Exception {
    done.set(true);
    witness.join();
    http.shutdownNow();
    up.close();
  }

  private void witness() {
    try (RawMqtt mqtt = new RawMqtt(at.mqtt().getPort(), "witness")) {
      while (!done.get()) {
        mqtt.publish(
            "devices/witness/location", utf8(location(System.currentTimeMillis(), "47.1")));
        LockSupport.parkNanos(20_000_000);
      }
    } catch (IOException e) {
      done.set(true);
    }
  }

  /** Counts the updates of the witness. */
  private final class Counting implements WebSocket.Listener {
    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      if (data.toString().contains("\"update\"")) {
        witnessed.incrementAndGet();
      }
      socket.request(1);
      return null;
    }
  }

  @Test
  void everyDoorRefusesBadInputByReasonAndTheWitnessGoesOn() throws Exception {
    int before = witnessed.get();
    Map<String, Integer> expected = mqtt();
    garbage();
    int frames = frames();
    int requests = requests();
    until("all are counted", () -> rejected().entrySet().containsAll(expected.entrySet()));
    System.out.println("MQTT, refused by reason: " + rejected());
    System.out.printf(
        "WebSocket: %d bad connections ended; HTTP: %d bad requests refused%n", frames, requests);
    assertEquals(expected, rejected());
    int during = witnessed.get();
    until("the witness is still seen", () -> witnessed.get() > during + 5);
    assertTrue(during > before, "the witness was seen all along");
    assertTrue(up.isAlive());
    String log = Files.readString(up.log().toPath());
    assertFalse(log.contains("\tat sightline"), log);
    assertEquals(0, up.stop());
  }

  /** Gives how many are expected to be counted by each reason. */
  private Map<String, Integer> mqtt() throws IOException {
    Map<String, String> bad = new LinkedHashMap<>();
    String now = String.valueOf(System.currentTimeMillis());
    bad.put(location(1, "91"), "out-of-range");
    bad.put(location(1, "1e999"), "out-of-range");
    bad.put(location(1, "NaN"), "malformed");
    bad.put(location(1, "-Infinity"), "malformed");
    bad.put(location(1, "\"47\""), "wrong-type");
    bad.put(location(1, "[47]"), "wrong-type");
    bad.put("{\"timestamp\":" + now + ",\"lat\":1}", "missing-field");
    bad.put("{\"timestamp\":" + now + ",\"lat\":1,\"lat\":2,\"lon\":1}", "duplicate-key");
    bad.put("{\"timestamp\":" + now, "malformed");
    bad.put("[".repeat(5_000), "malformed");
    bad.put("{\"x\":" + "[".repeat(500) + "]".repeat(500) + "}", "malformed");
    bad.put(location(1, "47") + "x", "malformed");
    bad.put("\u0000\u0001\ufffe", "malformed");
    bad.put("7", "wrong-type");
    bad.put("", "empty");
    bad.put(" ".repeat(17_000), "too-large");
    bad.put(location(0, "47"), "too-old");
    Map<String, Integer> expected = new LinkedHashMap<>();
    try (RawMqtt mqtt = new RawMqtt(at.mqtt().getPort(), "bad")) {
      for (Map.Entry<String, String> one : bad.entrySet()) {
        mqtt.publish("devices/bad/location", utf8(one.getKey()));
        expected.merge(one.getValue(), 1, Integer::sum);
      }
      mqtt.publish("devices/bad/location", new byte[] {'{', '"', (byte) 0xff, (byte) 0xc0, '"'});
      expected.merge("malformed", 1, Integer::sum);
      for (String id : List.of("b%20d", "ü", "a".repeat(65), "a b", "$x")) {
        mqtt.publish("devices/" + id + "/location", utf8(location(1, "47")));
        expected.merge("bad-topic", 1, Integer::sum);
      }
      mqtt.publish("devices/bad/status", utf8("{\"online\":\"yes\",\"timestamp\":1}"));
      mqtt.publish("devices/bad/events", utf8("{\"id\":\"e\",\"type\":7,\"timestamp\":1}"));
      expected.merge("wrong-type", 2, Integer::sum);
      // Far in the future: taken, with the time received.
      mqtt.publish("devices/bad/location", utf8(location(7_258_118_400_000L, "47")));
    }
    return expected;
  }

  private void garbage() throws IOException {
    Random random = new Random(SEED);
    for (int i = 0; i < 50; i++) {
      byte[] bytes = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(bytes);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), at.mqtt().getPort())) {
        socket.getOutputStream().write(bytes);
      }
    }
  }

  private int frames() throws IOException {
    List<byte[]> bad =
        List.of(
            new byte[] {(byte) 0xf1, (byte) 0x80, 0, 0, 0, 0},
            new byte[] {(byte) 0x81, 1, 'x'},
            new byte[] {(byte) 0x83, (byte) 0x80, 0, 0, 0, 0},
            new byte[] {(byte) 0x8b, (byte) 0x80, 0, 0, 0, 0},
            new byte[] {(byte) 0x09, (byte) 0x80, 0, 0, 0, 0},
            new byte[] {(byte) 0x80, (byte) 0x80, 0, 0, 0, 0},
            new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, (byte) 0xff},
            new byte[] {(byte) 0x82, (byte) 0x81, 0, 0, 0, 0, 1},
            new byte[] {(byte) 0x88, (byte) 0x81, 0, 0, 0, 0, 1},
            new byte[] {(byte) 0x88, (byte) 0x82, 0, 0, 0, 0, 3, (byte) 0xed},
            new byte[] {(byte) 0x81, (byte) 0xff, 0x7f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0},
            new byte[] {(byte) 0x81, (byte) 0xff, (byte) 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    for (byte[] frame : bad) {
      ended(frame);
    }
    return bad.size();
  }

  /** The server ends a connection that breaks the protocol, within 10 s. */
  private void ended(byte[] frame) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), at.http().getPort())) {
      socket.setSoTimeout(10_000);
      String upgrade =
          String.join(
              "\r\n",
              "GET /live HTTP/1.1",
              "Host: 127.0.0.1",
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Version: 13",
              "Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==",
              "",
              "");
      socket.getOutputStream().write(utf8(upgrade));
      socket.getOutputStream().write(frame);
      InputStream in = socket.getInputStream();
      byte[] all = in.readAllBytes();
      assertTrue(new String(all, StandardCharsets.ISO_8859_1).startsWith("HTTP/1.1 101"));
    } catch (SocketException reset) {
      assertTrue(String.valueOf(reset.getMessage()).contains("reset"), reset.toString());
    }
  }

  private int requests() throws IOException, InterruptedException {
    List<String> bad =
        List.of(
            "/api/v1/devices?limit=-1",
            "/api/v1/devices?limit=1e9",
            "/api/v1/devices?state=flying",
            "/api/v1/devices/%00",
            "/api/v1/devices/..%2f..%2fetc%2fpasswd",
            "/api/v1/devices/none",
            "/api/v1/devices/witness/track?from=yesterday",
            "/api/v1/devices/witness/track?from=1&to=0",
            "/api/v1/devices/witness/track?every=-5",
            "/api/v1/devices/witness/track?format=doc",
            "/api/v1/events?cursor=%ff%fe",
            "/api/v1/events?from=99999999999999999999",
            "/api/v1/nothing",
            "/live",
            "/%2e%2e/%2e%2e/etc/passwd");
    for (String path : bad) {
      refused(HttpRequest.newBuilder(URI.create(at.http() + path)).build());
    }
    URI acknowledge = URI.create(at.http() + "/api/v1/devices/witness/events/none/acknowledge");
    for (String body : List.of("", "{", "[]", "{\"note\":7}", "x".repeat(100_000))) {
      refused(HttpRequest.newBuilder(acknowledge).POST(BodyPublishers.ofString(body)).build());
    }
    refused(
        HttpRequest.newBuilder(acknowledge)
            .header("Origin", "http://elsewhere.example")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build());
    return bad.size() + 6;
  }

  private void refused(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
    assertTrue(
        answer.statusCode() >= 400 && answer.statusCode() < 500,
        request + " was answered " + answer.statusCode());
    assertFalse(answer.body().contains("Exception"), answer.body());
    assertFalse(answer.body().contains("root:"), answer.body());
  }

  private Map<String, Integer> rejected() {
    try {
      HttpRequest scrape = HttpRequest.newBuilder(URI.create(at.http() + "/metrics")).build();
      Map<String, Integer> counts = new LinkedHashMap<>();
      REJECTED
          .matcher(http.send(scrape, BodyHandlers.ofString()).body())
          .results()
          .filter(found -> Double.parseDouble(found.group(2)) > 0)
          .forEach(found -> counts.put(found.group(1), (int) Double.parseDouble(found.group(2))));
      return counts;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String location(long timestamp, String lat) {
    long time = timestamp == 1 ? System.currentTimeMillis() : timestamp;
    return "{\"timestamp\":" + time + ",\"lat\":" + lat + ",\"lon\":9.5}";
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() - end < 0, "not in time: " + what);
      LockSupport.parkNanos(20_000_000);
    }
  }
}

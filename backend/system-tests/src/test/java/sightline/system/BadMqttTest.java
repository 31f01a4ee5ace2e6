package sightline.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What devices should not send: refused by reason, and of no concern to anyone else. */
@Tag("slow")
final class BadMqttTest {
  private static final long SEED = 20_260_101;
  private static final int FUZZED = 3_000;
  private static final int GARBAGE = 200;
  private static final String REJECTED = "sightline_bridge_rejected_total";

  @TempDir private Path folder;
  private Up up;
  private Bystander bystander;
  private Map<String, Integer> last = Map.of();

  @BeforeEach
  void start() throws Exception {
    up = new Up(folder, Map.of());
    bystander = new Bystander(up);
  }

  @AfterEach
  void stop() throws Exception {
    bystander.close();
    up.close();
  }

  private static String location(String timestamp, String lat, String lon) {
    return "{\"timestamp\":%s,\"lat\":%s,\"lon\":%s}".formatted(timestamp, lat, lon);
  }

  private static String now() {
    return String.valueOf(System.currentTimeMillis());
  }

  private Map<String, Integer> rejected() throws Exception {
    last = Tally.difference(Map.of(), up.samples(REJECTED));
    return last;
  }

  private static Map<String, Integer> labelled(Map<String, Integer> reasons) {
    Map<String, Integer> labelled = new TreeMap<>();
    reasons.forEach((reason, n) -> labelled.put("{reason=\"" + reason + "\"}", n));
    return labelled;
  }

  @Test
  void eachIsCountedByItsReasonAndTheOthersGoOn() throws Exception {
    Tally tally = new Tally("MQTT payloads and topics");
    try (RawMqtt device = new RawMqtt(up.mqttPort(), "bad")) {
      for (BadPayload bad : BadPayload.all()) {
        device.publish("devices/bad/" + bad.leaf(), bad.bytes());
        tally.add(bad.leaf() + ": " + bad.kind(), bad.reason());
      }
      for (String id :
          List.of("b%20d", "b d", "ü", "a".repeat(65), "b'd", "", "b\td", "b.d", "b/d")) {
        device.publish("devices/" + id + "/location", location(now(), "47", "9"));
        tally.add("topic: an id with odd characters, or none", "bad-topic");
      }
      Await.until(
          "all are counted",
          () -> rejected().equals(labelled(tally.sums())),
          () -> "expected " + tally.sums() + ", counted " + last);
    }
    tally.print(rejected());
    bystander.wasUndisturbed();
    bystander.fallSilent();
    up.stopsCleanly();
  }

  @Test
  void anEventThatCanNotBeTakenIsAnsweredAndOneIsNeverRefusedForItsClock() throws Exception {
    try (RawMqtt device = new RawMqtt(up.mqttPort(), "answered")) {
      device.subscribe("devices/answered/acks");
      for (String year : List.of("0", "1", "7258118400000")) {
        device.publishAndWait(
            "devices/answered/events",
            "{\"id\":\"at-%s\",\"timestamp\":%s,\"type\":\"alert\"}".formatted(year, year));
        String answer = device.received();
        assertTrue(answer.endsWith("{\"event\":\"at-" + year + "\"}"), answer);
      }
      device.publishAndWait("devices/answered/events", "{\"id\":\"bad\",\"timestamp\":1}");
      assertTrue(device.received().contains("{\"event\":\"bad\",\"rejected\":\"missing-field\","));
      device.publishAndWait("devices/answered/events", "rubbish");
      String answer = device.received();
      assertTrue(
          answer.matches("(?s).*\\{\"event\":\"h-[0-9a-f]{32}\",\"rejected\":\"malformed\",.*"),
          answer);
      device.publishAndWait("devices/answered/events", "x".repeat(17_000));
      assertTrue(device.received().contains("\"rejected\":\"too-large\","));
    }
    assertEquals(3, up.get("/api/v1/events").path("items").size());
  }

  @Test
  void aClockOf1970OrOf2200DoesNotMoveTime() throws Exception {
    try (RawMqtt client = new RawMqtt(up.mqttPort(), "clocks")) {
      client.publish("devices/ahead/location", location("7258118400000", "47", "9"));
      client.publish("devices/behind/location", location("1000", "47", "9"));
      long before = System.currentTimeMillis();
      for (String device : List.of("ahead", "behind")) {
        String path = "/api/v1/devices/" + device;
        Await.until(device + " is there", () -> up.get(path).has("timestamp"));
        var shown = up.get(path);
        assertTrue(shown.path("skewed").asBoolean(), shown.toString());
        assertTrue(Math.abs(shown.path("timestamp").asLong() - before) < 20_000, shown.toString());
      }
      client.publish("devices/months/location", location(BadPayload.monthsAgo(), "47", "9"));
      Await.until("one is counted", () -> rejected().equals(labelled(Map.of("too-old", 1))));
    }
  }

  @Test
  void fuzzedPayloadsAreTakenOrCountedEachOfThem() throws Exception {
    Random random = new Random(SEED);
    try (RawMqtt device = new RawMqtt(up.mqttPort(), "fuzz")) {
      for (int i = 0; i < FUZZED; i++) {
        byte[] payload = location(now(), "47." + i, "9.5").getBytes(StandardCharsets.UTF_8);
        device.publish("devices/fuzz-" + i % 7 + "/location", mutated(payload, random));
      }
    }
    bystander.wasUndisturbed();
    bystander.fallSilent();
    Await.until("each is taken or counted", () -> taken() + refused() == FUZZED);
    System.out.printf(
        "MQTT payloads fuzzed with seed %d%n  %d sent, %d taken; counted: %s%n",
        SEED, FUZZED, taken(), rejected());
    assertTrue(refused() > FUZZED / 4, "most were bad: " + refused());
    up.stopsCleanly();
  }

  /** All positions that the bridge has taken, but the bystander's and the probe's. */
  private int taken() throws Exception {
    return ledger("bridge-in") - ledger("bridge-reserved") - bystander.sent();
  }

  private int ledger(String hop) throws Exception {
    String labels = "{flow=\"positions\",hop=\"%s\"}".formatted(hop);
    return up.samples("sightline_ledger_total").getOrDefault(labels, 0.0).intValue();
  }

  private int refused() throws Exception {
    return rejected().entrySet().stream()
        .filter(entry -> !entry.getKey().contains("too-old"))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** Some bytes of it replaced, dropped, doubled, or its end cut off; never an array. */
  private static byte[] mutated(byte[] payload, Random random) {
    byte[] bytes = payload.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        for (int i = random.nextInt(4); i >= 0; i--) {
          bytes[1 + random.nextInt(bytes.length - 1)] = (byte) (' ' + random.nextInt(95));
        }
      }
      case 1 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
      case 2 -> {
        int at = 1 + random.nextInt(bytes.length - 1);
        System.arraycopy(payload, at, bytes, at - 1, bytes.length - at);
      }
      default -> {
        bytes = Arrays.copyOf(bytes, bytes.length + 1);
        bytes[bytes.length - 1] = (byte) random.nextInt(random.nextBoolean() ? 256 : ' ' + 1);
      }
    }
    return bytes;
  }

  @Test
  void garbageOnTheMqttPortEndsItsOwnConnectionAlone() throws Exception {
    Random random = new Random(SEED);
    byte[] none = new byte[0];
    List<byte[]> broken =
        List.of(
            RawMqtt.packet(0x00, new byte[4]),
            RawMqtt.packet(0x10, new byte[] {0, 4, 'M', 'Q', 'T', 'T', 77, 2, 0, 0, 0, 0}),
            new byte[] {0x10, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff});
    for (byte[] bytes : broken) {
      try (RawMqtt stranger = new RawMqtt(up.mqttPort())) {
        stranger.say(bytes);
        assertTrue(stranger.isClosed(), Arrays.toString(bytes));
      }
    }
    for (String bad : List.of("devices/+/location", "devices/#", "devices/\0/location")) {
      try (RawMqtt stranger = new RawMqtt(up.mqttPort(), "stranger")) {
        stranger.say(RawMqtt.publish(bad.getBytes(StandardCharsets.UTF_8), none, 0, 0));
        assertTrue(stranger.isClosed(), bad);
      }
    }
    for (int i = 0; i < GARBAGE; i++) {
      byte[] bytes = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(bytes);
      try (RawMqtt stranger = new RawMqtt(up.mqttPort())) {
        stranger.say(bytes);
      } catch (IOException e) {
        // It was shown out before it had said all.
      }
    }
    System.out.printf("MQTT port: %d broken, 3 bad topics, %d garbage%n", broken.size(), GARBAGE);
    bystander.wasUndisturbed();
    bystander.fallSilent();
    up.stopsCleanly();
  }
}

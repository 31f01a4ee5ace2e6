package sightline.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
final class StackTest {
  private static final long WITHIN_NANOS = TimeUnit.MINUTES.toNanos(2);

  @Test
  void theShippedConfigurationCarriesADeviceToTheApiAndEveryPartComesBackAfterAKill()
      throws Exception {
    Path root = Path.of(System.getProperty("sightline.root", "../..")).toAbsolutePath().normalize();
    Path dir = Files.createTempDirectory("sightline-stack-");
    Layout layout = Layout.make(root, dir);
    Map<String, Long> before;
    try (Stack stack = new Stack(StackPlan.of(2, 2, 10, true), layout)) {
      stack.start();
      before = pids(dir);
      assertEquals(
          Set.of(
              "bridge-1",
              "bridge-2",
              "gateway-1",
              "gateway-2",
              "mosquitto",
              "nginx",
              "postgres",
              "probe",
              "recorder",
              "redis",
              "simulator"),
          before.keySet());
      eventIsCarried(dir, "before");
      othersTopicIsNot(dir);
      fleetDrives(dir);

      before.values().forEach(pid -> Commands.signal("KILL", pid));

      until(
          "every part is another process",
          () -> {
            Map<String, Long> now = pids(dir);
            return now.entrySet().stream()
                .allMatch(
                    each ->
                        each.getValue() != 0 && !each.getValue().equals(before.get(each.getKey())));
          });
      eventIsCarried(dir, "after");
      assertTrue(events(dir).contains("\"before\""), "what was acknowledged is gone");
      before.clear();
      before.putAll(pids(dir));
    } finally {
      Commands.run(
          Path.of("/"),
          Map.of(),
          List.of("rm", "-rf", dir.toString(), layout.servers().toString()));
    }
    for (long pid : before.values()) {
      assertFalse(
          ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false), before.toString());
    }
  }

  /** A device publishes with its certificate until the event is in history. */
  private static void eventIsCarried(Path dir, String id) {
    until(
        "event " + id + " is in history, through Nginx",
        () -> {
          publish(
              dir,
              "devices/unit-1/events",
              "{\"id\":\"" + id + "\",\"timestamp\":1,\"type\":\"alert\"}");
          return events(dir).contains("\"" + id + "\"");
        });
  }

  /** Simulated units have come by TLS, each by its certificate. */
  private static void fleetDrives(Path dir) {
    assertTrue(part(dir, "simulator").get("url").asText().startsWith("mqtts://"));
    until("the fleet is on the map", () -> got(dir, "api/v1/devices").contains("\"V-007\""));
  }

  private static void othersTopicIsNot(Path dir) {
    publish(dir, "devices/unit-2/events", "{\"id\":\"forged\",\"timestamp\":1,\"type\":\"alert\"}");
    eventIsCarried(dir, "behind-the-forged");
    assertFalse(events(dir).contains("\"forged\""), "a device wrote as another");
  }

  private static void publish(Path dir, String topic, String payload) {
    String url = part(dir, "mosquitto").get("url").asText();
    Path certs = dir.resolve("certs");
    said(
        List.of(
            "mosquitto_pub",
            "-q",
            "1",
            "-h",
            "127.0.0.1",
            "-p",
            url.substring(url.lastIndexOf(':') + 1),
            "--cafile",
            certs.resolve("ca.crt").toString(),
            "--cert",
            certs.resolve("devices/unit-1.crt").toString(),
            "--key",
            certs.resolve("devices/unit-1.key").toString(),
            "-t",
            topic,
            "-m",
            payload));
  }

  private static String events(Path dir) {
    return got(dir, "api/v1/events");
  }

  private static String got(Path dir, String path) {
    return said(
        List.of(
            "curl",
            "-s",
            "-m",
            "5",
            "--cacert",
            dir.resolve("certs/ca.crt").toString(),
            part(dir, "nginx").get("url").asText() + path));
  }

  private static String said(List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String all = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return all;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Long> pids(Path dir) {
    Map<String, Long> pids = new TreeMap<>();
    parts(dir).forEach(part -> pids.put(part.get("name").asText(), part.get("pid").asLong()));
    return pids;
  }

  static JsonNode part(Path dir, String name) {
    return parts(dir).stream()
        .filter(part -> part.get("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static List<JsonNode> parts(Path dir) {
    try {
      List<JsonNode> parts = new ArrayList<>();
      new ObjectMapper()
          .readTree(Files.readAllBytes(dir.resolve("stack.json")))
          .get("parts")
          .forEach(parts::add);
      return parts;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static void until(String what, BooleanSupplier holds) {
    long deadline = System.nanoTime() + WITHIN_NANOS;
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        fail("not within 2 minutes: " + what);
      }
      LockSupport.parkNanos(200_000_000);
    }
  }
}

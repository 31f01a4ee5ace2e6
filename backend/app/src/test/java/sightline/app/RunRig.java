package sightline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import sightline.device.Device;
import sightline.device.Event;
import sightline.device.Location;
import sightline.device.Spool;
import sightline.device.SpoolLimits;
import sightline.redis.RedisServer;

/**
 * Roles as processes of their own over a real Redis and a real Mosquitto, and a unit. Owned by the
 * test.
 */
final class RunRig implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private final Path folder;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger names = new AtomicInteger();
  final RedisServer redis;
  final Mosquitto mosquitto;
  final RoleProcess gateway;
  final RoleProcess bridge;
  final Device device;

  /** Starts a gateway with a recorder, a bridge, and a unit that is on the map. */
  RunRig(Path folder) throws Exception {
    this.folder = folder;
    redis = open(RedisServer.start());
    mosquitto = open(new Mosquitto(folder));
    gateway = run("gateway", "recorder");
    bridge = run("bridge");
    until("the bridge is active", () -> active(bridge));
    device =
        open(
            Device.builder("unit-1")
                .broker(URI.create("mqtt://127.0.0.1:" + mosquitto.port()))
                .spool(Spool.inMemory(new SpoolLimits(10_000, 8L << 20)))
                .build());
    device.start();
    device.report(Location.at(47.1, 9.5));
    until("the unit is on the map", () -> state().path("state").isTextual());
  }

  @Override
  public void close() {
    for (AutoCloseable each : opened.reversed()) {
      try {
        each.close();
      } catch (Exception e) {
        throw new AssertionError("a part of the test did not close", e);
      }
    }
  }

  private <T extends AutoCloseable> T open(T part) {
    opened.add(part);
    return part;
  }

  RoleProcess run(String... roles) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("SIGHTLINE_DATA", folder.resolve("data").toString());
    environment.put("SIGHTLINE_REDIS_URL", redis.settings().url());
    environment.put("SIGHTLINE_BRIDGE_MQTT_URL", "mqtt://127.0.0.1:" + mosquitto.port());
    environment.put("SIGHTLINE_RUN_HISTORY", "sqlite");
    environment.put("SIGHTLINE_RUN_ADMIN_PORT", "0");
    environment.put("SIGHTLINE_GATEWAY_PORT", "0");
    environment.put("SIGHTLINE_HISTORY_RECORDER_INTERVAL", "1s");
    return open(new RoleProcess(folder.resolve("p" + names.incrementAndGet()), environment, roles));
  }

  interface Condition {
    boolean holds() throws Exception;
  }

  void until(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "never: "
                + what
                + "; the bridge said "
                + said(bridge)
                + "; the gateway said "
                + said(gateway));
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  static boolean active(RoleProcess process) throws InterruptedException {
    return process.metric("sightline_bridge_active") == 1 && process.ready();
  }

  JsonNode state() throws Exception {
    return gateway.api("/api/v1/devices/unit-1");
  }

  /** Sends events, and moves the unit so that a browser would see it. */
  void send(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      device.report(Location.at(47.1, 9.5 + sent.get() / 1e4));
      String _ = device.send(Event.of("alert").message("n-" + sent.incrementAndGet()));
    }
  }

  /** Every event that was acknowledged to the device is in history once, and none beside. */
  void allRecordedOnce() throws Exception {
    until("all events are answered", () -> device.stats().eventsWaiting() == 0);
    List<String> recorded = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = gateway.api("/api/v1/events?limit=500" + cursor);
      page.path("items").forEach(event -> recorded.add(event.path("message").asText()));
      cursor = page.path("next").isTextual() ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    Set<String> distinct = new HashSet<>(recorded);
    assertEquals(recorded.size(), distinct.size(), "duplicates");
    Set<String> expected = new HashSet<>();
    for (int i = 1; i <= sent.get(); i++) {
      expected.add("n-" + i);
    }
    assertEquals(expected, distinct);
  }

  double lon() throws Exception {
    return state().path("lon").asDouble();
  }

  /** The unit's positions in history with a time from then on. */
  JsonNode trackSince(long millis) throws Exception {
    return gateway
        .api(
            "/api/v1/devices/unit-1/track?limit=10000&from=" + millis + "&to=" + (millis + 600_000))
        .path("items");
  }

  void moves() throws Exception {
    double place = 9.5 + sent.incrementAndGet() / 1e4;
    String _ = device.send(Event.of("alert").message("n-" + sent.get()));
    until(
        "a newer position is on the map",
        () -> {
          device.report(Location.at(47.1, place));
          return Math.abs(lon() - place) < 1e-6;
        });
  }

  static long connections(RoleProcess process) throws Exception {
    return process
        .program()
        .err()
        .lines()
        .filter(line -> line.contains("bridge-events is connected"))
        .count();
  }

  private static String said(RoleProcess process) throws Exception {
    return process == null ? "" : process.program().err();
  }
}

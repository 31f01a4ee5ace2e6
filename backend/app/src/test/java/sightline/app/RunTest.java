package sightline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.device.Device;
import sightline.device.Event;
import sightline.device.Location;
import sightline.device.Spool;
import sightline.device.SpoolLimits;
import sightline.redis.RedisServer;

/** Roles as processes of their own over a real Redis and a real Mosquitto: stops, kills, losses. */
@Tag("slow")
final class RunTest {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  @TempDir Path folder;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger names = new AtomicInteger();
  private RedisServer redis;
  private Mosquitto mosquitto;
  private RoleProcess gateway;
  private RoleProcess bridge;
  private Device device;

  @BeforeEach
  void start() throws Exception {
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

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : opened.reversed()) {
      each.close();
    }
  }

  private <T extends AutoCloseable> T open(T part) {
    opened.add(part);
    return part;
  }

  private RoleProcess run(String... roles) throws Exception {
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

  private interface Condition {
    boolean holds() throws Exception;
  }

  private void until(String what, Condition condition) throws Exception {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "never: "
                + what
                + "; the bridge said "
                + bridge.program().err()
                + "; the gateway said "
                + gateway.program().err());
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private static boolean active(RoleProcess process) throws InterruptedException {
    return process.metric("sightline_bridge_active") == 1 && process.ready();
  }

  private JsonNode state() throws Exception {
    return gateway.api("/api/v1/devices/unit-1");
  }

  /** Sends events, and moves the unit so that a browser would see it. */
  private void send(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      device.report(Location.at(47.1, 9.5 + sent.get() / 1e4));
      String _ = device.send(Event.of("alert").message("n-" + sent.incrementAndGet()));
    }
  }

  /** Every event that was acknowledged to the device is in history once, and none beside. */
  private void allRecordedOnce() throws Exception {
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

  private double lon() throws Exception {
    return state().path("lon").asDouble();
  }

  private void moves() throws Exception {
    double place = 9.5 + sent.incrementAndGet() / 1e4;
    String _ = device.send(Event.of("alert").message("n-" + sent.get()));
    until(
        "a newer position is on the map",
        () -> {
          device.report(Location.at(47.1, place));
          return Math.abs(lon() - place) < 1e-6;
        });
  }

  @Test
  void aRoleStopsCleanlyOnTermAndAStandbyTakesOverAtOnceFromOne() throws Exception {
    RoleProcess standby = run("bridge");
    until("the standby is ready", standby::ready);
    assertEquals(0, standby.metric("sightline_bridge_active"));
    send(20);

    bridge.process().destroy();
    assertEquals(0, bridge.program().code(), bridge.program().err());

    until("the standby is active", () -> active(standby));
    send(20);
    moves();
    allRecordedOnce();
    gateway.process().destroy();
    assertEquals(0, gateway.program().code(), gateway.program().err());
  }

  @Test
  void aStandbyTakesOverFromAKilledBridge() throws Exception {
    RoleProcess standby = run("bridge");
    until("the standby is ready", standby::ready);
    send(20);

    bridge.process().destroyForcibly();
    long start = System.nanoTime();
    send(20);
    until("the standby is active", () -> active(standby));
    System.err.printf(
        "standby active %d ms after kill -9%n", (System.nanoTime() - start) / 1_000_000);
    moves();
    allRecordedOnce();
  }

  @Test
  void aBridgeThatSleptIsFencedAndEndsWhileTheStandbyKeepsTheSession() throws Exception {
    RoleProcess standby = run("bridge");
    until("the standby is ready", standby::ready);
    send(20);

    bridge.signal("STOP");
    send(20);
    until("the standby is active", () -> active(standby));
    bridge.signal("CONT");

    assertEquals(1, bridge.program().code(), bridge.program().err());
    send(20);
    moves();
    allRecordedOnce();
    assertTrue(active(standby), "it still is the active one");
    assertEquals(1, connections(standby), "and its session was never taken away");
  }

  private static long connections(RoleProcess process) throws Exception {
    return process
        .program()
        .err()
        .lines()
        .filter(line -> line.contains("bridge-events is connected"))
        .count();
  }

  @Test
  void afterFlushallThePictureIsWholeAgainThoughNothingMoves() throws Exception {
    send(5);
    allRecordedOnce();
    double before = lon();

    String _ = redis.ask(commands -> commands.flushall());

    until("hot state is written anew", () -> redis.ask(c -> c.hlen("{sightline}:devices")) == 1);
    assertEquals(before, lon());
    RoleProcess second = run("gateway");
    until(
        "another gateway knows the unit",
        () -> second.api("/api/v1/devices/unit-1").path("lon").asDouble() == before);
    moves();
    allRecordedOnce();
  }

  @Test
  void withRedisAwayEventsAreRecordedAndAllIsLiveAgainOnceItIsBack() throws Exception {
    send(5);
    redis.kill();
    send(30);
    allRecordedOnce();
    until("the API says that the bus is away", () -> gateway.freshness().contains("reason=bus"));

    redis.startAgain();

    moves();
    send(5);
    allRecordedOnce();
    assertEquals(1, bridge.metric("sightline_bridge_active"));
  }
}

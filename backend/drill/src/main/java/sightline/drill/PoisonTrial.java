package sightline.drill;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import sightline.bus.DeviceRecord;
import sightline.drill.mutants.Addresses;
import sightline.drill.mutants.BridgeMain;
import sightline.redis.RedisBus;

/**
 * P9 with a bridge that meets retained rubbish as it starts: which units it still shows while it
 * answers events. For one thread.
 */
final class PoisonTrial {
  private static final int UNITS = 20;
  private static final long BETWEEN_MILLIS = 50;
  private static final Duration START_WITHIN = Duration.ofMinutes(1);

  /** A bridge that answers events shows positions in a moment. */
  private static final Duration SHOWN_WITHIN = Duration.ofSeconds(3);

  private static final Map<String, String> POISON =
      Map.of("devices/poison/location", "[[],{}]", "devices/poison/status", "[]");

  private final RedisBus bus;
  private final RawDevice device;

  private PoisonTrial(RedisBus bus, RawDevice device) {
    this.bus = bus;
    this.device = device;
  }

  static Finding of(Addresses at, URI broker, String word)
      throws IOException, InterruptedException {
    AtomicBoolean answered = new AtomicBoolean();
    try (RedisBus bus = new RedisBus(at.bus(), 1);
        RawDevice device =
            new RawDevice(broker, "poison", (topic, payload) -> answered.set(true))) {
      PoisonTrial trial = new PoisonTrial(bus, device);
      trial.retain(true);
      device.subscribe("devices/honest-0/acks");
      try (RoleProgram _ = new RoleProgram(BridgeMain.class, word, at, List.of())) {
        return trial.watch(answered);
      } finally {
        trial.retain(false);
      }
    }
  }

  private void retain(boolean poison) throws IOException {
    for (Map.Entry<String, String> each : POISON.entrySet()) {
      device.publish(each.getKey(), bytes(poison ? each.getValue() : ""), 1, true);
    }
  }

  private Finding watch(AtomicBoolean answered) throws IOException, InterruptedException {
    byte[] event = event();
    long deadline = System.nanoTime() + START_WITHIN.toNanos();
    while (!answered.get()) {
      if (System.nanoTime() - deadline > 0) {
        throw new DrillStuck("the bridge answered no event");
      }
      device.publish("devices/honest-0/events", event, 1, false);
      Thread.sleep(BETWEEN_MILLIS);
    }
    deadline = System.nanoTime() + SHOWN_WITHIN.toNanos();
    long shown = 0;
    while (shown < UNITS && System.nanoTime() - deadline < 0) {
      for (int i = 0; i < UNITS; i++) {
        device.publish("devices/honest-" + i + "/location", location(), 0, false);
      }
      Thread.sleep(BETWEEN_MILLIS);
      shown = bus.read().devices().stream().filter(PoisonTrial::isShown).count();
    }
    return new Finding(
        UNITS - shown,
        "%d retained messages of rubbish at its start: it answers events, and shows %d of %d units"
            .formatted(POISON.size(), shown, UNITS));
  }

  private static boolean isShown(DeviceRecord unit) {
    return unit.id().startsWith("honest-") && unit.position() != null;
  }

  private static byte[] event() {
    return bytes(
        "{\"id\":\"e\",\"timestamp\":%d,\"type\":\"alert\",\"severity\":\"info\",\"message\":\"m\"}"
            .formatted(System.currentTimeMillis()));
  }

  private static byte[] location() {
    return bytes("{\"timestamp\":%d,\"lat\":47,\"lon\":9}".formatted(System.currentTimeMillis()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

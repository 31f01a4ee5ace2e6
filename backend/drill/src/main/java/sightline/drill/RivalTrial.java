package sightline.drill;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.bus.DeviceRecord;
import sightline.drill.mutants.Addresses;
import sightline.drill.mutants.BridgeMain;
import sightline.protocol.Refused;
import sightline.redis.RedisBus;

/**
 * P62 with two clients that take each other's connection over again and again: whether it is said
 * at their unit. For one thread.
 */
final class RivalTrial {
  private static final String ID = "rival";
  private static final String SAME_ID = "same-id";
  private static final long BETWEEN_MILLIS = 20;
  private static final Duration START_WITHIN = Duration.ofMinutes(1);

  /** Turns that the bridge has seen at the least; five within a minute are too many. */
  private static final int TURNS = 40;

  private final RedisBus bus;
  private final URI broker;

  private RivalTrial(RedisBus bus, URI broker) {
    this.bus = bus;
    this.broker = broker;
  }

  static Finding of(Addresses at, URI broker, String word)
      throws IOException, InterruptedException {
    try (RedisBus bus = new RedisBus(at.bus(), 1);
        RoleProgram _ = new RoleProgram(BridgeMain.class, word, at, List.of())) {
      return new RivalTrial(bus, broker).watch();
    }
  }

  private Finding watch() throws IOException, InterruptedException {
    RawDevice connected = client();
    try {
      long deadline = System.nanoTime() + START_WITHIN.toNanos();
      while (unit() == null) {
        if (System.nanoTime() - deadline > 0) {
          throw new DrillStuck("the bridge shows no unit");
        }
        say(connected);
        Thread.sleep(BETWEEN_MILLIS);
      }
      int turns = 0;
      while (turns < TURNS && !isNoted()) {
        // The broker ends the one that was there, and publishes its will.
        RawDevice next = client();
        connected.close();
        connected = next;
        say(connected);
        turns++;
        Thread.sleep(BETWEEN_MILLIS);
      }
      boolean noted = isNoted();
      return new Finding(
          noted ? 0 : 1,
          "two clients took each other's place %d times: their unit says %s"
              .formatted(turns, noted ? SAME_ID : "nothing of it"));
    } finally {
      connected.close();
    }
  }

  private RawDevice client() throws IOException {
    return new RawDevice(broker, ID, "{\"online\":false}", (topic, payload) -> {});
  }

  private static void say(RawDevice client) throws IOException {
    byte[] online = "{\"online\":true}".getBytes(StandardCharsets.US_ASCII);
    client.publish("devices/" + ID + "/status", online, 1, true);
  }

  private @Nullable DeviceRecord unit() {
    return bus.read().devices().stream()
        .filter(each -> each.id().equals(ID))
        .findFirst()
        .orElse(null);
  }

  private boolean isNoted() {
    DeviceRecord unit = unit();
    Refused refused = unit == null ? null : unit.refused();
    return refused != null && refused.reason().equals(SAME_ID);
  }
}

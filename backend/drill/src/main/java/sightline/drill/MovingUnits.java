package sightline.drill;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A few units that move all the time, twice a second each, by a clock that is right. */
final class MovingUnits implements AutoCloseable {
  private static final int UNITS = 20;
  private static final long BETWEEN_MILLIS = 500;

  private final String prefix;
  private @Nullable Thread thread;
  private volatile boolean stopping;

  MovingUnits(String prefix) {
    this.prefix = prefix;
  }

  String prefix() {
    return prefix;
  }

  int size() {
    return UNITS;
  }

  void start(URI broker) {
    thread = Thread.ofPlatform().daemon().name("moving-units").start(() -> run(broker));
  }

  private void run(URI broker) {
    while (!stopping) {
      try (RawDevice device = new RawDevice(broker, prefix + "all", (topic, payload) -> {})) {
        for (int turn = 0; !stopping; turn++) {
          for (int i = 0; i < UNITS; i++) {
            String location =
                "{\"timestamp\":%d,\"lat\":%.6f,\"lon\":9.5}"
                    .formatted(System.currentTimeMillis(), 47 + turn % 10_000 * 1e-5);
            byte[] payload = location.getBytes(StandardCharsets.US_ASCII);
            device.publish("devices/" + prefix + i + "/location", payload, 0, false);
          }
          Thread.sleep(BETWEEN_MILLIS);
        }
      } catch (IOException e) {
        // The broker is away: the next turn tries again.
        Thread.onSpinWait();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  @Override
  public void close() {
    stopping = true;
    if (thread != null) {
      thread.interrupt();
    }
  }
}

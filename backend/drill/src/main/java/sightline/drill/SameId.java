package sightline.drill;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Two clients with one id, each of which connects again as soon as the other has taken its place.
 * Owned by the thread that drills.
 */
final class SameId extends StackSite {
  private static final long POLL_MILLIS = 100;
  private static final long PUBLISH_MILLIS = 200;

  private static final int LEAST_CONNECTS = 10;

  private final String id;
  private final Notes notes = new Notes();
  private final long lastsSeconds;

  /** State changes that a dispatcher may see meanwhile; undamped it was one a second. */
  private final long mostFlips;

  private volatile boolean over;

  SameId(StackProcess stack, Plan plan, RandomGenerator random, Length length) throws IOException {
    super(stack, plan.fault(), random);
    lastsSeconds = length.pick(60, 6);
    mostFlips = length.pick(12, 3);
    id = "same-" + plan.seed();
  }

  @Override
  public void aim() {
    // Only its own unit.
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    URI broker = start().mqtt();
    AtomicInteger connects = new AtomicInteger();
    Thread one = Thread.ofPlatform().start(() -> rival(broker, 47.1, connects));
    Thread other = Thread.ofPlatform().start(() -> rival(broker, 47.3, connects));
    try {
      watch(connects);
    } finally {
      over = true;
      one.interrupt();
      other.interrupt();
      one.join();
      other.join();
    }
  }

  private void rival(URI broker, double lat, AtomicInteger connects) {
    while (!over) {
      try (RawDevice device =
          new RawDevice(broker, id, "{\"online\":false,\"timestamp\":1}", (topic, payload) -> {})) {
        connects.incrementAndGet();
        device.publish(
            "devices/" + id + "/status",
            "{\"online\":true,\"timestamp\":%d}"
                .formatted(System.currentTimeMillis())
                .getBytes(StandardCharsets.US_ASCII),
            1,
            true);
        while (device.isOpen() && !over) {
          long now = System.currentTimeMillis();
          device.publish(
              "devices/" + id + "/location",
              "{\"timestamp\":%d,\"lat\":%s,\"lon\":9.5}"
                  .formatted(now, lat)
                  .getBytes(StandardCharsets.US_ASCII),
              0,
              false);
          Thread.sleep(PUBLISH_MILLIS);
        }
      } catch (IOException e) {
        pause();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(AtomicInteger connects) throws IOException, InterruptedException {
    long from = System.nanoTime();
    String state = "";
    int flips = 0;
    JsonNode unit = null;
    while (System.nanoTime() - from < TimeUnit.SECONDS.toNanos(lastsSeconds)) {
      Thread.sleep(POLL_MILLIS);
      unit = unit(id);
      if (unit != null) {
        String now = unit.path("state").asText().equals("offline") ? "offline" : "online";
        flips += state.isEmpty() || state.equals(now) ? 0 : 1;
        state = now;
      }
    }
    String reason = unit == null ? "" : unit.path("refused").path("reason").asText();
    notes.line(
        "two clients with one id connected %d times in %d s; the unit changed between online and offline %d times; its last refusal: %s"
            .formatted(connects.get(), lastsSeconds, flips, reason));
    notes.require(connects.get() >= LEAST_CONNECTS, "the two did not take each other's place");
    notes.require(flips <= mostFlips, "the unit flapped");
    notes.require(reason.equals("same-id"), "nothing at the unit says that two clients use its id");
  }

  @Override
  public Observed observed() {
    return notes.observed();
  }

  @Override
  public void release() {
    over = true;
  }

  @Override
  public void awaitBack() {
    // Nothing was away.
  }
}

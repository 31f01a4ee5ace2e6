package sightline.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import sightline.drill.LiveMessages;

/**
 * Someone with nothing to do with it: a unit that reports ten times a second, and a browser that
 * watches it. Its unit has a thread of its own.
 */
final class Bystander implements AutoCloseable {
  private static final long EVERY_NANOS = Duration.ofMillis(100).toNanos();
  private static final Duration LONGEST_GAP = Duration.ofSeconds(5);
  private static final String SUBSCRIBE =
      "{\"type\":\"subscribe\",\"devices\":[\"bystander\"],\"events\":{\"since\":null}}";

  private final RawMqtt unit;
  private final Thread thread;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket browser;
  private final AtomicInteger sent = new AtomicInteger();
  private final AtomicInteger seen = new AtomicInteger();
  private final AtomicInteger ends = new AtomicInteger();
  private final AtomicLong lastNanos = new AtomicLong(System.nanoTime());
  private final AtomicLong gapNanos = new AtomicLong();
  private volatile boolean stopping;

  Bystander(Up up) throws Exception {
    unit = new RawMqtt(up.mqttPort(), "bystander");
    thread = Thread.ofPlatform().daemon().name("bystander").start(this::report);
    browser =
        client
            .newWebSocketBuilder()
            .buildAsync(
                java.net.URI.create("ws://127.0.0.1:" + up.httpPort() + "/live"),
                new LiveMessages(_ -> {}, this::read, _ -> ends.incrementAndGet()))
            .get(20, TimeUnit.SECONDS);
    browser.sendText(SUBSCRIBE, true).get(20, TimeUnit.SECONDS);
    Await.until("the bystander is seen", () -> seen.get() > 5);
    gapNanos.set(0);
  }

  /** How many positions it has published. */
  int sent() {
    return sent.get();
  }

  private void report() {
    try {
      while (!stopping) {
        sent.incrementAndGet();
        unit.publish(
            "devices/bystander/location",
            "{\"timestamp\":%d,\"lat\":47.1,\"lon\":9.5}".formatted(System.currentTimeMillis()));
        LockSupport.parkNanos(EVERY_NANOS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(JsonNode message) {
    if (message.path("type").asText().equals("update")) {
      long now = System.nanoTime();
      gapNanos.accumulateAndGet(now - lastNanos.getAndSet(now), Math::max);
      seen.incrementAndGet();
    }
  }

  /** Its unit reports no more; all that it did report has been sent. */
  void fallSilent() throws InterruptedException {
    stopping = true;
    thread.join();
  }

  /** Its updates went on all along, on the one connection, and still do. */
  void wasUndisturbed() throws Exception {
    int before = seen.get();
    Await.until("it is still seen", () -> seen.get() > before + 5);
    assertEquals(0, ends.get(), "its connection ended");
    Duration gap = Duration.ofNanos(gapNanos.get());
    System.out.printf("  bystander: longest time without an update %d ms%n", gap.toMillis());
    assertTrue(gap.compareTo(LONGEST_GAP) < 0, "it saw nothing for " + gap);
  }

  @Override
  public void close() throws IOException {
    stopping = true;
    browser.abort();
    client.shutdownNow();
    unit.close();
  }
}

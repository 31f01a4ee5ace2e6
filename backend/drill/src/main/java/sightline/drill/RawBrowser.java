package sightline.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A browser that can stop reading, knows how old its picture is, and judges its link as the page
 * does: stale after 1.9 s of silence, anew after 6 s. Its thread reads; for any thread, its lock is
 * itself.
 */
final class RawBrowser implements AutoCloseable {
  static final long LINK_NANOS = 1_900_000_000L;
  private static final int ANEW_MILLIS = 6_000;
  private static final long AGAIN_MILLIS = 500;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] UPDATE = prefix("update");
  private static final byte[] SNAPSHOT = prefix("snapshot");

  private final URI live;
  private final SSLContext trust;
  private final String fleet;
  private final Shown shown = new Shown();
  private final Thread thread;

  @GuardedBy("this")
  private final List<EventId> recorded = new ArrayList<>();

  @GuardedBy("this")
  private final List<String> endings = new ArrayList<>();

  @GuardedBy("this")
  private @Nullable RawSocket socket;

  @GuardedBy("this")
  private @Nullable String cursor;

  @GuardedBy("this")
  private @Nullable String told;

  @GuardedBy("this")
  private String server = "";

  @GuardedBy("this")
  private boolean pictured;

  @GuardedBy("this")
  private boolean paused;

  @GuardedBy("this")
  private boolean closed;

  @GuardedBy("this")
  private long heardNanos = System.nanoTime();

  /**
   * Connects, in the background.
   *
   * @param fleet with what the ids of the devices begin whose events it notes
   */
  RawBrowser(URI live, SSLContext trust, String fleet) {
    this.live = live;
    this.trust = trust;
    this.fleet = fleet;
    thread = Thread.ofPlatform().daemon().name("raw-browser").start(this::run);
  }

  private static byte[] prefix(String type) {
    return ("{\"type\":\"" + type + '"').getBytes(StandardCharsets.US_ASCII);
  }

  Shown shown() {
    return shown;
  }

  /** Stops reading, or goes on. */
  synchronized void pause(boolean newPaused) {
    paused = newPaused;
    notifyAll();
  }

  /** Which gateway it is connected to, by that one's own name. */
  synchronized String server() {
    return server;
  }

  synchronized boolean hasPicture() {
    return pictured;
  }

  /** Why its picture may be old, or null: the page's judgement at this moment. */
  synchronized @Nullable String stale(long nowNanos) {
    return nowNanos - heardNanos > LINK_NANOS ? "link" : told;
  }

  /** How its connections ended: a close code, or what happened. */
  synchronized List<String> endings() {
    return List.copyOf(endings);
  }

  /** What it has shown as recorded, in that order. */
  synchronized List<EventId> recorded() {
    return List.copyOf(recorded);
  }

  private void run() {
    while (!isClosed()) {
      try (RawSocket opened = RawSocket.open(live, trust, ANEW_MILLIS)) {
        began(opened);
        while (read(opened)) {
          awaitReading();
        }
        Thread.sleep(AGAIN_MILLIS);
      } catch (IOException e) {
        ended(String.valueOf(e.getMessage()));
        awaitAgain();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void awaitAgain() {
    try {
      Thread.sleep(AGAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void awaitReading() throws InterruptedException {
    while (paused && !closed) {
      wait();
    }
  }

  private synchronized void began(RawSocket opened) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    socket = opened;
    String since = cursor == null ? "null" : '"' + cursor + '"';
    opened.send(
        "{\"type\":\"subscribe\",\"devices\":\"all\",\"events\":{\"since\":%s}}".formatted(since));
  }

  private synchronized void ended(String how) {
    pictured = false;
    socket = null;
    if (!closed) {
      endings.add(how);
    }
  }

  /** Whether there may be more. */
  private boolean read(RawSocket from) throws IOException {
    RawSocket.Frame frame = from.read();
    byte[] payload = frame.payload();
    if (frame.opcode() == RawSocket.CLOSE) {
      ended(
          payload.length < 2
              ? "closed"
              : "code " + ((payload[0] & 0xff) << 8 | (payload[1] & 0xff)));
      return false;
    }
    heard();
    if (begins(payload, UPDATE)) {
      shown.read(payload, true, System.currentTimeMillis());
    } else if (begins(payload, SNAPSHOT)) {
      shown.read(payload, false, System.currentTimeMillis());
      pictured();
    } else {
      note(JSON.readTree(payload));
    }
    return true;
  }

  private static boolean begins(byte[] payload, byte[] with) {
    return payload.length >= with.length
        && Arrays.equals(payload, 0, with.length, with, 0, with.length);
  }

  private synchronized void heard() {
    heardNanos = System.nanoTime();
  }

  private synchronized void pictured() {
    pictured = true;
  }

  private synchronized void note(JsonNode message) {
    switch (message.path("type").asText()) {
      case "welcome" -> server = message.path("server").asText();
      case "health" ->
          told =
              message.path("state").asText().equals("fresh")
                  ? null
                  : message.path("reason").asText();
      case "events" -> {
        for (JsonNode event : message.path("events")) {
          EventId id = EventApi.id(event);
          if (id.isOf(fleet)) {
            recorded.add(id);
          }
        }
        cursor = message.path("cursor").asText();
      }
      case "acknowledged" -> cursor = message.path("cursor").asText();
      default -> {
        // The rest is none of this browser's business.
      }
    }
  }

  @Override
  public void close() throws IOException {
    RawSocket open;
    synchronized (this) {
      closed = true;
      notifyAll();
      open = socket;
    }
    if (open != null) {
      open.close();
    }
    thread.interrupt();
  }
}

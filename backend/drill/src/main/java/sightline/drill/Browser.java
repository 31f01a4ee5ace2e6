package sightline.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A watcher on {@code /live} that comes back by itself with its cursor, as the page does: when the
 * server said, else after anywhere in 0–5 s, then in as long as it is away, to 30 s. For any
 * thread; its lock is itself.
 */
final class Browser implements AutoCloseable {
  private static final long FIRST_DELAY_MILLIS = 5_000;
  private static final long CURRENT_MILLIS = 1_000;
  private static final long LONGEST_DELAY_MILLIS = 30_000;
  private static final long UNTOLD = -1;
  private static final String TIMESTAMP = "\"timestamp\":";

  private final String name;
  private final HttpClient client;
  private final ScheduledExecutorService timer;
  private final RandomGenerator random;
  private final Freshness freshness;
  private final Staleness staleness;
  private final EventApi api;
  private final Endpoints endpoints;
  private final String fleet;

  @GuardedBy("this")
  private String server = "";

  @GuardedBy("this")
  private @Nullable String stale;

  @GuardedBy("this")
  private long staleNanos;

  @GuardedBy("this")
  private final List<EventId> recorded = new ArrayList<>();

  @GuardedBy("this")
  private @Nullable String cursor;

  @GuardedBy("this")
  private @Nullable WebSocket socket;

  /** Since when it has no picture. */
  @GuardedBy("this")
  private long awaySinceNanos = System.nanoTime();

  /** What the server said last; −1 where it said nothing. */
  @GuardedBy("this")
  private long toldMillis = UNTOLD;

  @GuardedBy("this")
  private @Nullable Returns returns;

  @GuardedBy("this")
  private @Nullable Set<EventId> pending;

  @GuardedBy("this")
  private boolean pictured;

  @GuardedBy("this")
  private long newestMillis;

  /** Whether it has no picture since its connection was lost. */
  @GuardedBy("this")
  private boolean away;

  @GuardedBy("this")
  private boolean closed;

  /**
   * Not connected yet.
   *
   * @param fleet with what the ids of the devices begin whose events it notes
   */
  Browser(
      String name,
      HttpClient client,
      ScheduledExecutorService timer,
      RandomGenerator random,
      Freshness freshness,
      Staleness staleness,
      EventApi api,
      Endpoints endpoints,
      String fleet) {
    this.name = name;
    this.client = client;
    this.timer = timer;
    this.random = random;
    this.freshness = freshness;
    this.staleness = staleness;
    this.api = api;
    this.endpoints = endpoints;
    this.fleet = fleet;
  }

  /** From now on each new picture after a lost connection is told to this. */
  synchronized void tell(Returns newReturns) {
    returns = newReturns;
  }

  /** From now on it remembers what it has shown as pending. */
  synchronized void keepPending() {
    pending = new HashSet<>();
  }

  /** How many of these it has not shown, neither as pending nor as recorded. */
  synchronized int lacks(Set<EventId> events) {
    Set<EventId> shown = new HashSet<>(recorded);
    if (pending != null) {
      shown.addAll(pending);
    }
    return (int) events.stream().filter(id -> !shown.contains(id)).count();
  }

  /** Connects, in the background, again and again until it is closed. */
  void open() {
    var _ =
        client
            .newWebSocketBuilder()
            .subprotocols("sightline.v1.json")
            .buildAsync(
                endpoints.live(),
                new LiveMessages(this::opened, this::scanned, this::read, this::lost))
            .exceptionally(
                _ -> {
                  comeBack();
                  return null;
                });
  }

  /** Whether it has a picture and has shown at least so many events. */
  synchronized boolean has(int events) {
    return socket != null && pictured && recorded.size() >= events;
  }

  /** Whether it is connected, and what it showed last happened within the last second. */
  synchronized boolean isCurrent() {
    return socket != null && System.currentTimeMillis() - newestMillis <= CURRENT_MILLIS;
  }

  /** What it has shown as recorded, in that order. */
  synchronized Witness witness() {
    return new Witness(name, List.copyOf(recorded));
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (socket != null) {
      socket.abort();
    }
  }

  private synchronized void opened(WebSocket opened) {
    if (closed) {
      opened.abort();
      return;
    }
    socket = opened;
    String since = cursor == null ? "null" : '"' + cursor + '"';
    var _ =
        opened.sendText(
            "{\"type\":\"subscribe\",\"devices\":\"all\",\"events\":{\"since\":%s}}"
                .formatted(since),
            true);
  }

  private synchronized void lost(WebSocket ended) {
    if (ended.equals(socket)) {
      socket = null;
      away = true;
      awaySinceNanos = System.nanoTime();
      endStale();
      stale = Staleness.AWAY;
      staleNanos = System.nanoTime();
      pictured = false;
      comeBack();
    }
  }

  private synchronized void comeBack() {
    if (!closed) {
      long awayMillis = (System.nanoTime() - awaySinceNanos) / 1_000_000;
      long most = Math.clamp(awayMillis, FIRST_DELAY_MILLIS, LONGEST_DELAY_MILLIS);
      long after = toldMillis == UNTOLD ? (long) (random.nextDouble() * most) : toldMillis;
      toldMillis = UNTOLD;
      var _ = timer.schedule(this::open, after, TimeUnit.MILLISECONDS);
    }
  }

  /** Of the many updates only a time matters; parsing them all would take a core. */
  private boolean scanned(String message) {
    if (!message.startsWith("{\"type\":\"update\"")) {
      return false;
    }
    int at = freshness.isAwaited() ? message.lastIndexOf(TIMESTAMP) : -1;
    if (at >= 0) {
      int from = at + TIMESTAMP.length();
      int to = from;
      while (Character.isDigit(message.charAt(to))) {
        to++;
      }
      freshness.shown(Long.parseLong(message, from, to, 10), System.nanoTime());
    }
    return true;
  }

  private void read(JsonNode message) {
    switch (message.path("type").asText()) {
      case "welcome" -> welcomed(message.path("server").asText());
      case "health" -> judged(message);
      case "snapshot" -> snapshot();
      case "events" -> events(message);
      case "pending" -> pending(message);
      case "acknowledged" -> moveTo(message.path("cursor").asText());
      case "reconnect" -> comesBackAfter(message.path("afterMs").asLong());
      case "gap" -> gap(message.path("from").asText(), message.path("to").asText());
      default -> {
        // Heartbeats are none of this drill's counts.
      }
    }
  }

  private synchronized void comesBackAfter(long millis) {
    toldMillis = millis;
  }

  /** Which gateway it was last connected to, by that one's own name. */
  synchronized String server() {
    return server;
  }

  private synchronized void welcomed(String name) {
    server = name;
  }

  private synchronized void judged(JsonNode health) {
    endStale();
    stale = health.path("state").asText().equals("fresh") ? null : health.path("reason").asText();
    staleNanos = System.nanoTime();
  }

  @GuardedBy("this")
  private void endStale() {
    if (stale != null) {
      staleness.spell(stale, System.nanoTime() - staleNanos);
    }
    stale = null;
  }

  private synchronized void snapshot() {
    if (Staleness.AWAY.equals(stale)) {
      endStale();
    }
    if (away && returns != null) {
      returns.came(System.nanoTime());
    }
    away = false;
    pictured = true;
  }

  private synchronized void events(JsonNode message) {
    for (JsonNode event : message.path("events")) {
      note(EventApi.id(event));
      newestMillis = event.path("timestamp").asLong();
    }
    moveTo(message.path("cursor").asText());
  }

  private synchronized void pending(JsonNode message) {
    if (pending != null) {
      for (JsonNode event : message.path("events")) {
        pending.add(EventApi.id(event));
      }
    }
  }

  private synchronized void moveTo(String newCursor) {
    cursor = newCursor;
  }

  /** Too far behind for the socket: reads what is missing from the API, as the page does. */
  private synchronized void gap(String from, String to) {
    api.between(from, to).forEach(this::note);
    cursor = to;
  }

  @GuardedBy("this")
  private void note(EventId id) {
    if (id.isOf(fleet)) {
      recorded.add(id);
    }
  }
}

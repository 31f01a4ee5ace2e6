package sightline.probe;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A browser of one gateway that looks at the probe's device alone. Opened and closed by the probe's
 * thread; messages come on the HTTP client's threads, one at a time.
 */
final class Browser implements WebSocket.Listener, AutoCloseable {
  private static final String SUBPROTOCOL = "sightline.v1.json";
  private static final Pattern WELCOME =
      Pattern.compile("^\\{\"type\":\"welcome\".*?\"server\":\"([^\"\\\\]*)\"");

  private final String device;
  private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<WebSocket> socket;
  private volatile String server = "";
  private volatile boolean ended;
  private volatile Awaited awaited = new Awaited("\0", new CompletableFuture<>());

  private record Awaited(String text, CompletableFuture<Long> seen) {}

  /**
   * Connects; {@link #await} waits for it.
   *
   * @param gateways such as {@code ws://127.0.0.1:8080}
   * @param key what lets a reserved device be seen
   */
  Browser(HttpClient http, URI gateways, String key, String device, Duration within) {
    this.device = device;
    socket =
        http.newWebSocketBuilder()
            .subprotocols(SUBPROTOCOL)
            .header("X-Sightline-Probe", key)
            .connectTimeout(within)
            .buildAsync(gateways.resolve("/live?devices=" + device), this);
  }

  /**
   * Waits until it has its snapshot.
   *
   * @param end by {@link System#nanoTime}
   */
  void await(long end) throws InterruptedException, ExecutionException, TimeoutException {
    WebSocket _ = socket.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    subscribed.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  /** What the gateway calls itself; empty before it has its snapshot. */
  String server() {
    return server;
  }

  /** Whether nothing comes any more. */
  boolean ended() {
    return ended;
  }

  /** When a position will be seen, by {@link System#nanoTime}. */
  CompletableFuture<Long> look(long time) {
    CompletableFuture<Long> seen = new CompletableFuture<>();
    // The contract: id first, timestamp second.
    awaited = new Awaited("{\"id\":\"" + device + "\",\"timestamp\":" + time + ",", seen);
    return seen;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    long now = System.nanoTime();
    text.append(part);
    if (last) {
      hear(now);
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void hear(long now) {
    Matcher welcome = WELCOME.matcher(text);
    if (welcome.find()) {
      server = welcome.group(1);
    } else if (text.indexOf("{\"type\":\"snapshot\"") == 0) {
      subscribed.complete(null);
    }
    Awaited wanted = awaited;
    if (text.indexOf(wanted.text) >= 0) {
      wanted.seen.complete(now);
    }
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    end(error);
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    end(new IllegalStateException("closed: " + code + " " + reason));
    return null;
  }

  private void end(Throwable why) {
    ended = true;
    subscribed.completeExceptionally(why);
    awaited.seen.completeExceptionally(why);
  }

  @Override
  public void close() {
    ended = true;
    var _ = socket.thenAccept(WebSocket::abort);
    socket.cancel(true);
  }
}

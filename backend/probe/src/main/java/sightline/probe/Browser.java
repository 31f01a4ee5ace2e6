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
import org.jspecify.annotations.Nullable;

/**
 * A browser of one gateway that looks at the probe's device alone. Opened and closed by the probe's
 * thread; messages come on the HTTP client's threads, one at a time.
 */
final class Browser implements WebSocket.Listener, AutoCloseable {
  private static final String SUBPROTOCOL = "sightline.v1.json";

  private final String wanted;
  private final CompletableFuture<Void> subscribed = new CompletableFuture<>();
  private final CompletableFuture<Long> seen = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final CompletableFuture<WebSocket> socket;

  /**
   * Connects; {@link #await} waits for it.
   *
   * @param gateway such as {@code ws://127.0.0.1:8080}
   * @param key what lets a reserved device be seen
   * @param time of the position to look for
   */
  Browser(HttpClient http, URI gateway, String key, String device, long time, Duration within) {
    // The contract: id first, timestamp second.
    wanted = "{\"id\":\"" + device + "\",\"timestamp\":" + time + ",";
    socket =
        http.newWebSocketBuilder()
            .subprotocols(SUBPROTOCOL)
            .header("X-Sightline-Probe", key)
            .connectTimeout(within)
            .buildAsync(gateway.resolve("/live?devices=" + device), this);
  }

  /** Waits until it has its snapshot. */
  void await(Duration within) throws InterruptedException, ExecutionException, TimeoutException {
    WebSocket _ = socket.get(within.toMillis(), TimeUnit.MILLISECONDS);
    subscribed.get(within.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** When the position was seen, by {@link System#nanoTime}. */
  CompletableFuture<Long> seen() {
    return seen;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
    long now = System.nanoTime();
    text.append(part);
    if (last) {
      if (text.indexOf("{\"type\":\"snapshot\"") == 0) {
        subscribed.complete(null);
      }
      if (text.indexOf(wanted) >= 0) {
        seen.complete(now);
      }
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    subscribed.completeExceptionally(error);
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    subscribed.completeExceptionally(new IllegalStateException("closed: " + code + " " + reason));
    return null;
  }

  @Override
  public void close() {
    var _ = socket.thenAccept(WebSocket::abort);
    socket.cancel(true);
  }
}

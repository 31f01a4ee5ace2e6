package sightline.drill;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** What one browser of a gateway on this machine shows. Any thread may ask. */
final class Picture implements AutoCloseable {
  private static final long POLL_MILLIS = 50;
  private static final String SUBSCRIBE =
      "{\"type\":\"subscribe\",\"devices\":\"all\",\"events\":{\"since\":null}}";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Shown shown = new Shown();

  private Picture() {}

  /** Connects as soon as that gateway listens. */
  static Picture open(int port, Duration within) throws InterruptedException {
    Picture picture = new Picture();
    long deadline = System.nanoTime() + within.toNanos();
    while (true) {
      try {
        WebSocket _ = picture.connect(port).sendText(SUBSCRIBE, true).join();
        return picture;
      } catch (CompletionException e) {
        if (System.nanoTime() - deadline > 0) {
          throw new DrillStuck("the gateway does not answer: " + e.getMessage());
        }
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  private WebSocket connect(int port) {
    return client
        .newWebSocketBuilder()
        .buildAsync(
            URI.create("ws://127.0.0.1:" + port + "/live"),
            new LiveMessages(_ -> {}, this::scan, _ -> {}, _ -> {}))
        .join();
  }

  private boolean scan(String message) {
    if (message.startsWith("{\"type\":\"update\"")
        || message.startsWith("{\"type\":\"snapshot\"")) {
      shown.read(message.getBytes(StandardCharsets.UTF_8), false, 0);
    }
    return true;
  }

  /** Whether nothing that it shows is older than this. */
  boolean reaches(Map<String, Long> truth) {
    return shown.reaches(truth);
  }

  /** How many are shown as of an earlier time, or not at all. */
  long behind(Map<String, Long> truth) {
    Map<String, Long> newest = shown.newest();
    return truth.entrySet().stream()
        .filter(each -> newest.getOrDefault(each.getKey(), 0L) < each.getValue())
        .count();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}

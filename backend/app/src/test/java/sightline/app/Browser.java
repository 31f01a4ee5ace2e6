package sightline.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A WebSocket on {@code /live}: its messages wait to be looked at. Owned by the test. */
final class Browser implements WebSocket.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long DEADLINE_SECONDS = 30;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final LinkedBlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();
  private final List<String> messages = new ArrayList<>();

  /**
   * Connects and subscribes to all.
   *
   * @param since the cursor to go on from, as JSON
   */
  Browser(URI live, String since) throws Exception {
    WebSocket socket =
        CLIENT
            .newWebSocketBuilder()
            .subprotocols("sightline.v1.json")
            .buildAsync(live, this)
            .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    String subscription =
        "{\"type\":\"subscribe\",\"devices\":\"all\",\"events\":{\"since\":" + since + "}}";
    socket.sendText(subscription, true).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      try {
        received.add(JSON.readTree(text.toString()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  /** The next message of a type, those before it passed over. */
  JsonNode await(String type) throws InterruptedException {
    while (true) {
      JsonNode message = received.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no " + type + " came");
      }
      if (message.path("type").asText().equals(type)) {
        return message;
      }
    }
  }

  /** Waits until so many recorded events have come; gives the newest cursor. */
  String events(int count) throws InterruptedException {
    String cursor = "";
    while (messages.size() < count) {
      JsonNode events = await("events");
      events.path("events").forEach(event -> messages.add(event.path("message").asText()));
      cursor = events.path("cursor").asText();
    }
    return cursor;
  }

  /** The messages of the recorded events, in the order in which they came. */
  List<String> messages() {
    return List.copyOf(messages);
  }

  /** The code by which the server closed it. */
  int closed() throws Exception {
    return closed.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }
}

package sightline.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import sightline.drill.LiveMessages;

/** A WebSocket on {@code /live} whose messages wait to be looked at. Owned by the test. */
final class LiveSocket implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 20;

  private final LinkedBlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final WebSocket socket;

  LiveSocket(HttpClient client, URI live, String subscription) throws Exception {
    socket =
        client
            .newWebSocketBuilder()
            .subprotocols("sightline.v1.json")
            .buildAsync(live, new LiveMessages(_ -> {}, messages::add, _ -> {}))
            .get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    socket.sendText(subscription, true).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
  }

  /** The next message that is meant, those before it passed over. */
  JsonNode await(String what, Predicate<JsonNode> meant) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
    List<JsonNode> others = new ArrayList<>();
    while (true) {
      JsonNode message = messages.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (message == null) {
        throw new AssertionError("no " + what + " came, but " + others);
      }
      if (meant.test(message)) {
        return message;
      }
      others.add(message);
    }
  }

  JsonNode await(String type) throws InterruptedException {
    return await(type, message -> message.path("type").asText().equals(type));
  }

  /** The device of the next update or snapshot that names it. */
  JsonNode device(String id) throws InterruptedException {
    JsonNode message = await("word of " + id, each -> !find(each, id).isMissingNode());
    return find(message, id);
  }

  private static JsonNode find(JsonNode message, String id) {
    for (JsonNode device : message.path("devices")) {
      if (device.path("id").asText().equals(id)) {
        return device;
      }
    }
    return message.path("none");
  }

  /** All that has come and was not looked at. */
  List<JsonNode> rest() {
    List<JsonNode> rest = new ArrayList<>();
    messages.drainTo(rest);
    return rest;
  }

  /** Ends without a word, as a browser whose machine went away. */
  @Override
  public void close() {
    socket.abort();
  }
}

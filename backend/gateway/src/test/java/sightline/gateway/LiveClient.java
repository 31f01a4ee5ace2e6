package sightline.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A browser: the JDK's own WebSocket, its messages in order of arrival. Owned by the test. */
final class LiveClient implements AutoCloseable, WebSocket.Listener {
  static final HttpClient HTTP = HttpClient.newHttpClient();
  static final ObjectMapper JSON = new ObjectMapper();
  private static final long SECONDS = 10;

  private final LinkedBlockingQueue<JsonNode> arrived = new LinkedBlockingQueue<>();

  /** All that was taken or skipped so far. */
  final List<JsonNode> seen = new ArrayList<>();

  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final BinaryReader binary = new BinaryReader();
  private final ByteArrayOutputStream binaryPart = new ByteArrayOutputStream();
  private final StringBuilder part = new StringBuilder();
  private @Nullable WebSocket socket;

  static LiveClient open(int port, String query) throws Exception {
    return at(port, "/live" + query);
  }

  static LiveClient at(int port, String path) throws Exception {
    return at(port, path, "sightline.v1.json");
  }

  /** A browser that offers these subprotocols; what it gets in binary is shown as its JSON. */
  static LiveClient at(int port, String path, String first, String... others) throws Exception {
    return at(port, path, HTTP.newWebSocketBuilder().subprotocols(first, others));
  }

  /** One that calls itself a probe, with a key. */
  static LiveClient probe(int port, String path, String key) throws Exception {
    return at(port, path, HTTP.newWebSocketBuilder().header(Beside.PROBE_HEADER, key));
  }

  private static LiveClient at(int port, String path, WebSocket.Builder builder) throws Exception {
    LiveClient client = new LiveClient();
    client.socket =
        builder
            .buildAsync(URI.create("ws://127.0.0.1:" + port + path), client)
            .get(SECONDS, TimeUnit.SECONDS);
    return client;
  }

  /** A browser of someone who has signed in. */
  static LiveClient with(int port, String path, String cookie) throws Exception {
    return with(port, path, cookie, "sightline.v1.json");
  }

  static LiveClient with(int port, String path, String cookie, String subprotocol)
      throws Exception {
    LiveClient client = new LiveClient();
    client.socket =
        HTTP.newWebSocketBuilder()
            .subprotocols(subprotocol)
            .header("Cookie", cookie)
            .buildAsync(URI.create("ws://127.0.0.1:" + port + path), client)
            .get(SECONDS, TimeUnit.SECONDS);
    return client;
  }

  WebSocket socket() {
    if (socket == null) {
      throw new IllegalStateException("not open");
    }
    return socket;
  }

  void send(String text) throws Exception {
    socket().sendText(text, true).get(SECONDS, TimeUnit.SECONDS);
  }

  /** The next message of a type; others before it are passed over. */
  JsonNode await(String type) throws InterruptedException {
    return await(type, message -> true);
  }

  JsonNode await(String type, Predicate<JsonNode> wanted) throws InterruptedException {
    return awaitAny(Set.of(type), wanted);
  }

  /** The next message of any of these types. */
  JsonNode awaitAny(Set<String> types) throws InterruptedException {
    return awaitAny(types, message -> true);
  }

  private JsonNode awaitAny(Set<String> types, Predicate<JsonNode> wanted)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (true) {
      JsonNode message = arrived.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (message == null) {
        throw new AssertionError(
            "no " + types + " came; last: " + seen.reversed().stream().limit(5).toList());
      }
      seen.add(message);
      if (types.contains(message.path("type").asText()) && wanted.test(message)) {
        return message;
      }
    }
  }

  /** All that comes until a moment of silence, but heartbeats. */
  List<JsonNode> drain(long quietMillis) throws InterruptedException {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode next = arrived.poll(quietMillis, TimeUnit.MILLISECONDS);
        next != null;
        next = arrived.poll(quietMillis, TimeUnit.MILLISECONDS)) {
      seen.add(next);
      if (!next.path("type").asText().equals("heartbeat")) {
        all.add(next);
      }
    }
    return all;
  }

  int awaitClose() throws Exception {
    return closed.get(SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void onOpen(WebSocket webSocket) {
    webSocket.request(Long.MAX_VALUE);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      try {
        arrived.add(JSON.readTree(part.toString()));
      } catch (Exception e) {
        throw new IllegalStateException("not JSON: " + part, e);
      }
      part.setLength(0);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
    byte[] bytes = new byte[data.remaining()];
    data.get(bytes);
    binaryPart.writeBytes(bytes);
    if (last) {
      arrived.add(binary.read(ByteBuffer.wrap(binaryPart.toByteArray())));
      binaryPart.reset();
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    closed.completeExceptionally(error);
  }

  @Override
  public void close() {
    if (socket != null) {
      socket.abort();
    }
  }
}

package sightline.drill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Puts the messages of one WebSocket together. Called by one thread at a time, its client's. */
public final class LiveMessages implements WebSocket.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Consumer<WebSocket> opened;
  private final Predicate<String> scanned;
  private final Consumer<JsonNode> message;
  private final Consumer<WebSocket> ended;
  private final StringBuilder text = new StringBuilder();

  /** The same for one who wants every message. */
  public LiveMessages(
      Consumer<WebSocket> opened, Consumer<JsonNode> message, Consumer<WebSocket> ended) {
    this(opened, _ -> false, message, ended);
  }

  /**
   * A listener that asks for the next message once one is read.
   *
   * @param scanned whether a message is dealt with by its text alone, and is not to be parsed
   * @param ended told where the connection ends, by whatever cause
   */
  public LiveMessages(
      Consumer<WebSocket> opened,
      Predicate<String> scanned,
      Consumer<JsonNode> message,
      Consumer<WebSocket> ended) {
    this.opened = opened;
    this.scanned = scanned;
    this.message = message;
    this.ended = ended;
  }

  @Override
  public void onOpen(WebSocket socket) {
    opened.accept(socket);
    socket.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      String whole = text.toString();
      text.setLength(0);
      try {
        if (!scanned.test(whole)) {
          message.accept(JSON.readTree(whole));
        }
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("not JSON from the server: " + whole, e);
      }
    }
    socket.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    ended.accept(socket);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    ended.accept(socket);
  }
}

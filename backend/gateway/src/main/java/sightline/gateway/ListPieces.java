package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import sightline.protocol.JsonOut;

/**
 * A long list of the API, {@code {"items":[…],"next":…}}, as the pieces of an answer. One thread at
 * a time.
 */
final class ListPieces<T> implements Answer.Pieces {
  private static final int PIECE = 250;

  /** What it takes while it is read: a piece, the list's references, and what the socket holds. */
  private static final long BYTES = 512 << 10;

  private final List<T> items;
  private final BiConsumer<JsonOut, T> write;
  private final @Nullable String next;
  private int at;
  private boolean ended;

  private ListPieces(List<T> items, BiConsumer<JsonOut, T> write, @Nullable String next) {
    this.items = items;
    this.write = write;
    this.next = next;
  }

  /**
   * The answer.
   *
   * @param next where the next part begins, or null at the end
   */
  static <T> Answer answer(List<T> items, BiConsumer<JsonOut, T> write, @Nullable String next) {
    return new Answer(
        HttpResponseStatus.OK,
        Map.of("Content-Type", "application/json"),
        new Answer.Body.Stream(new ListPieces<>(items, write, next), BYTES));
  }

  @Override
  public @Nullable Blob next() {
    if (ended) {
      return null;
    }
    JsonOut json = new JsonOut(64 * 1024);
    if (at == 0) {
      json.open('{').name("items").open('[');
    } else {
      json.append(new byte[] {','}, 0, 1);
    }
    int end = Math.min(items.size(), at + PIECE);
    items.subList(at, end).forEach(item -> write.accept(json, item));
    at = end;
    if (at == items.size()) {
      ended = true;
      json.close(']').name("next");
      (next == null ? json.nothing() : json.string(next)).close('}');
    }
    return new Blob(json.toBytes());
  }
}

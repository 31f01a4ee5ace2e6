package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sightline.protocol.JsonOut;

/**
 * What an HTTP request is answered. Immutable.
 *
 * @param fields header fields beside those that every answer has
 */
record Answer(HttpResponseStatus status, Map<String, String> fields, Body body) {
  /** The bytes of an answer. */
  sealed interface Body {
    /** How many bytes; negative where that is not known before it ends. */
    long length();

    /** How much memory it takes at most until a client has read it. */
    default long weight() {
      return 0;
    }

    /** From memory; the array is not changed any more. */
    record Bytes(Blob bytes) implements Body {
      @Override
      public long length() {
        return bytes.length();
      }

      @Override
      public long weight() {
        return bytes.length();
      }
    }

    /** Made while it is read, piece by piece. */
    record Stream(Pieces pieces, long weight) implements Body {
      @Override
      public long length() {
        return -1;
      }
    }

    /** A part of a file. */
    record FilePart(Path file, long offset, long length) implements Body {}
  }

  /** The pieces of a stream, in order; asked for by one virtual thread after the other. */
  interface Pieces {
    /**
     * The next piece, not empty, or null at the end; it may block.
     *
     * @throws sightline.history.HistoryUnavailable where it can't go on; the client sees that it
     *     was cut
     */
    @Nullable Blob next();
  }

  static final Body NOTHING = new Body.Bytes(Blob.EMPTY);

  static Answer of(HttpResponseStatus status) {
    return new Answer(status, Map.of(), NOTHING);
  }

  static Answer text(HttpResponseStatus status, String type, String text) {
    return bytes(status, type, text.getBytes(StandardCharsets.UTF_8));
  }

  static Answer json(JsonOut json) {
    return bytes(HttpResponseStatus.OK, "application/json", json.toBytes());
  }

  static Answer bytes(HttpResponseStatus status, String type, byte[] bytes) {
    return new Answer(status, Map.of("Content-Type", type), new Body.Bytes(new Blob(bytes)));
  }

  /** An error by RFC 9457, with a word for programs. */
  static Answer problem(HttpResponseStatus status, String error, String detail) {
    return problem(status, error, detail, json -> {});
  }

  /** The same with more members. */
  static Answer problem(
      HttpResponseStatus status, String error, String detail, Consumer<JsonOut> more) {
    JsonOut json = new JsonOut(256);
    json.open('{').name("type").string("about:blank").name("title").string(status.reasonPhrase());
    json.name("status").number(status.code()).name("error").string(error);
    json.name("detail").string(detail);
    more.accept(json);
    json.close('}');
    return bytes(status, "application/problem+json", json.toBytes())
        .with("Cache-Control", "no-store");
  }

  /** The same, where the status has its own word. */
  static Answer problem(HttpResponseStatus status, String detail) {
    String word = status.reasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-');
    return problem(status, word, detail);
  }

  /** The same with one header field more. */
  Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new Answer(status, more, body);
  }
}

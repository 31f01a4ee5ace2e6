package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import sightline.protocol.JsonOut;

/**
 * What an HTTP request is answered. Immutable.
 *
 * @param fields header fields beside those that every answer has
 */
record Answer(HttpResponseStatus status, Map<String, String> fields, Body body) {
  /** The bytes of an answer. */
  sealed interface Body {
    /** How many bytes. */
    long length();

    /** From memory; the array is not changed any more. */
    record Bytes(Blob bytes) implements Body {
      @Override
      public long length() {
        return bytes.length();
      }
    }

    /** A part of a file. */
    record FilePart(Path file, long offset, long length) implements Body {}
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
    JsonOut json = new JsonOut(256);
    json.open('{').name("type").string("about:blank").name("title").string(status.reasonPhrase());
    json.name("status").number(status.code()).name("error").string(error);
    json.name("detail").string(detail).close('}');
    return bytes(status, "application/problem+json", json.toBytes())
        .with("Cache-Control", "no-store");
  }

  /** An error by RFC 9457. */
  static Answer problem(HttpResponseStatus status, String detail) {
    JsonOut json = new JsonOut(256);
    json.open('{').name("type").string("about:blank").name("title").string(status.reasonPhrase());
    json.name("status").number(status.code()).name("detail").string(detail).close('}');
    return bytes(status, "application/problem+json", json.toBytes())
        .with("Cache-Control", "no-store");
  }

  /** The same with one header field more. */
  Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new Answer(status, more, body);
  }
}

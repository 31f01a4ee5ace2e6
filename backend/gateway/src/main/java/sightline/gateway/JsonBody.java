package sightline.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sightline.protocol.Limits;

/** Reads the bodies of writes, strictly. Any thread. */
final class JsonBody {
  private static final int MAX_NOTE = 2_000;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(Limits.MAX_JSON_DEPTH).build())
          .build();

  private JsonBody() {}

  /** 415 where a body is something else than JSON; null where it is, or there is none. */
  static @Nullable Answer refusal(Request request) {
    String type = request.header("Content-Type");
    String media = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if ((request.body().length() == 0 && type == null) || media.equals("application/json")) {
      return null;
    }
    return Answer.problem(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "the body must be JSON");
  }

  /** The note in <code>{"note":"…"}</code>, or null. */
  static @Nullable String note(byte[] body) throws BadRequest {
    return only("note", body);
  }

  /** The token in <code>{"token":"…"}</code>, or null. */
  static @Nullable String token(byte[] body) throws BadRequest {
    return only("token", body);
  }

  private static @Nullable String only(String field, byte[] body) throws BadRequest {
    if (body.length == 0) {
      return null;
    }
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new BadRequest("the body must be an object");
      }
      String value = null;
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (!name.equals(field)) {
          throw new BadRequest("the body may have `" + field + "` alone");
        }
        value = text(field, parser);
      }
      if (!parser.hasToken(JsonToken.END_OBJECT) || parser.nextToken() != null) {
        throw new BadRequest("the body must be one object");
      }
      return value;
    } catch (IOException e) {
      throw new BadRequest("the body is not JSON");
    }
  }

  private static @Nullable String text(String field, JsonParser parser)
      throws IOException, BadRequest {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    if (token != JsonToken.VALUE_STRING || parser.getTextLength() > MAX_NOTE) {
      throw new BadRequest(field + " must be text of at most " + MAX_NOTE + " characters");
    }
    return parser.getText().isBlank() ? null : parser.getText();
  }
}

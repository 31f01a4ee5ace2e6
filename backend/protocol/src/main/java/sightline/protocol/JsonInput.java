package sightline.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A strict reading of JSON from outside: depth and lengths bounded, nothing behind the end, typed
 * getters that say what was wrong. Used by one thread.
 */
class JsonInput implements AutoCloseable {
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.MAX_JSON_DEPTH)
                  .maxNumberLength(100)
                  .maxNameLength(256)
                  .maxStringLength(Limits.MAX_CLIENT_MESSAGE_BYTES)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  /** A read that a JSON parser may refuse. */
  interface Body<I extends JsonInput, T> {
    T read(I in) throws IOException, RejectedPayload;
  }

  final JsonParser parser;

  JsonInput(JsonParser parser) {
    this.parser = parser;
  }

  /** Reads one whole JSON value by {@code body}, which starts on its first token. */
  static <T> T read(byte[] json, Body<JsonInput, T> body) throws RejectedPayload {
    return read(json, JsonInput::new, body);
  }

  /** The same by another reading of fields. */
  static <I extends JsonInput, T> T read(byte[] json, Function<JsonParser, I> by, Body<I, T> body)
      throws RejectedPayload {
    if (json.length == 0) {
      throw new RejectedPayload(RejectReason.EMPTY, "no payload");
    }
    checkUtf8(json);
    try (I in = by.apply(FACTORY.createParser(json))) {
      if (in.parser.nextToken() == null) {
        throw new RejectedPayload(RejectReason.EMPTY, "no value");
      }
      T value = body.read(in);
      if (in.parser.nextToken() != null) {
        throw new RejectedPayload(RejectReason.MALFORMED, "more than one value");
      }
      return value;
    } catch (JsonParseException e) {
      boolean duplicate = String.valueOf(e.getOriginalMessage()).startsWith("Duplicate field");
      throw new RejectedPayload(
          duplicate ? RejectReason.DUPLICATE_KEY : RejectReason.MALFORMED, where(e));
    } catch (JsonProcessingException e) {
      throw new RejectedPayload(RejectReason.MALFORMED, where(e));
    } catch (NumberFormatException e) {
      throw new RejectedPayload(RejectReason.MALFORMED, "a number with an impossible exponent");
    } catch (IOException e) {
      throw new RejectedPayload(RejectReason.MALFORMED, "not UTF-8");
    }
  }

  /** A JSON parser guesses the encoding, and takes UTF-16; the contract does not. */
  private static void checkUtf8(byte[] json) throws RejectedPayload {
    for (byte b : json) {
      if (b == 0) {
        throw new RejectedPayload(
            RejectReason.MALFORMED, "a payload must be UTF-8; this looks like UTF-16");
      }
      if (b < 0) {
        try {
          var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json));
          return;
        } catch (CharacterCodingException e) {
          throw new RejectedPayload(RejectReason.MALFORMED, "a payload must be UTF-8");
        }
      }
    }
  }

  private static String where(JsonProcessingException e) {
    return e.getLocation() == null
        ? "not JSON"
        : "not acceptable JSON at byte " + e.getLocation().getByteOffset();
  }

  JsonParser parser() {
    return parser;
  }

  boolean at(JsonToken token) {
    return parser.currentToken() == token;
  }

  void expectObject(String what) throws RejectedPayload {
    if (!at(JsonToken.START_OBJECT)) {
      throw new RejectedPayload(RejectReason.WRONG_TYPE, what + " must be an object");
    }
  }

  /** Moves to the next field's value and gives its name, or null at the object's end. */
  @Nullable String nextField() throws IOException {
    String name = parser.nextFieldName();
    if (name != null) {
      parser.nextToken();
    }
    return name;
  }

  void skip() throws IOException {
    parser.skipChildren();
  }

  long time(String field) throws IOException, RejectedPayload {
    if (!at(JsonToken.VALUE_NUMBER_INT)) {
      throw wrongType(field, "an integer (epoch milliseconds)");
    }
    if (!isLong()
        || parser.getLongValue() < 0
        || parser.getLongValue() > Limits.MAX_TIMESTAMP_MILLIS) {
      throw new RejectedPayload(RejectReason.OUT_OF_RANGE, field, field + " is no time");
    }
    return parser.getLongValue();
  }

  double required(String field, double min, double max) throws IOException, RejectedPayload {
    if (!isNumber()) {
      throw wrongType(field, "a number");
    }
    double value = parser.getDoubleValue();
    if (!(value >= min && value <= max)) {
      throw outOfRange(field, min, max);
    }
    return value;
  }

  long optionalLong(String field) throws IOException, RejectedPayload {
    if (at(JsonToken.VALUE_NULL)) {
      return 0;
    }
    if (!isNumber()) {
      throw wrongType(field, "an integer");
    }
    return at(JsonToken.VALUE_NUMBER_INT) && isLong() ? Math.max(0, parser.getLongValue()) : 0;
  }

  /** A text that may be null; longer than {@code max} characters is cut. */
  @Nullable String text(String field, int max) throws IOException, RejectedPayload {
    if (at(JsonToken.VALUE_NULL)) {
      return null;
    }
    if (!at(JsonToken.VALUE_STRING)) {
      throw wrongType(field, "a string");
    }
    return cut(parser.getText(), max);
  }

  /** At most {@code max} characters of it, and none of them a half. */
  static String cut(String text, int max) {
    String value = whole(text);
    if (value.length() <= max) {
      return value;
    }
    int end = Character.isHighSurrogate(value.charAt(max - 1)) ? max - 1 : max;
    return value.substring(0, end);
  }

  /** A text whose half characters, which JSON can escape and UTF-8 can't say, are U+FFFD. */
  private static String whole(String text) {
    boolean broken = text.codePoints().anyMatch(c -> c >= 0xd800 && c <= 0xdfff);
    if (!broken) {
      return text;
    }
    return text.codePoints()
        .map(c -> c >= 0xd800 && c <= 0xdfff ? 0xfffd : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  boolean bool(String field) throws RejectedPayload {
    if (at(JsonToken.VALUE_TRUE)) {
      return true;
    }
    if (at(JsonToken.VALUE_FALSE)) {
      return false;
    }
    throw wrongType(field, "true or false");
  }

  static RejectedPayload wrongType(String field, String expected) {
    return new RejectedPayload(RejectReason.WRONG_TYPE, field, field + " must be " + expected);
  }

  static RejectedPayload missing(String field) {
    return new RejectedPayload(RejectReason.MISSING_FIELD, field, field + " is required");
  }

  static RejectedPayload outOfRange(String field, double min, double max) {
    return new RejectedPayload(
        RejectReason.OUT_OF_RANGE,
        field,
        field + " must be from " + plain(min) + " to " + plain(max));
  }

  private static String plain(double bound) {
    return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
  }

  final boolean isNumber() {
    return at(JsonToken.VALUE_NUMBER_INT) || at(JsonToken.VALUE_NUMBER_FLOAT);
  }

  final boolean isLong() throws IOException {
    return parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}

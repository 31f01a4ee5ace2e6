package sightline.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a payload as devices really send them: numbers as texts, times in ISO 8601, null
 * for what is not known. A bad optional field is left out and noted, and costs nothing else. Used
 * by one thread.
 */
final class DeviceInput extends JsonInput {
  private static final double MAX_SEQ = 0x1p63;
  private static final int MAX_NUMBER_CHARS = 40;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?");

  /** Offsets with and without a colon, and Z. */
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][X]")
          .toFormatter(Locale.ROOT);

  /** As seconds, from 2001 to 2286; as milliseconds, some weeks of 1970. */
  private static final double FIRST_SECONDS = 1e9;

  private static final double LAST_SECONDS = 1e10;

  private @Nullable List<RejectedPayload> flaws;

  private DeviceInput(JsonParser parser) {
    super(parser);
  }

  /** Reads one whole JSON value by {@code body}, which starts on its first token. */
  static <T> T of(byte[] payload, Body<DeviceInput, T> body) throws RejectedPayload {
    return read(payload, DeviceInput::new, body);
  }

  /** Why fields were left out, in their order. */
  List<RejectedPayload> flaws() {
    List<RejectedPayload> noted = flaws;
    return noted == null ? List.of() : noted;
  }

  void flaw(RejectedPayload flaw) {
    List<RejectedPayload> noted = flaws;
    if (noted == null) {
      noted = new ArrayList<>();
      flaws = noted;
    }
    noted.add(flaw);
  }

  /** Epoch ms, fractions floored; negative where it is null. */
  @Override
  long time(String field) throws IOException, RejectedPayload {
    if (at(JsonToken.VALUE_NULL)) {
      return -1;
    }
    if (at(JsonToken.VALUE_NUMBER_INT) && isLong()) {
      // What a double can't say exactly is out of range.
      return checked(field, (double) parser.getLongValue());
    }
    if (at(JsonToken.VALUE_STRING)) {
      String text = parser.getText().strip();
      return isNumber(text)
          ? checked(field, Math.floor(Double.parseDouble(text)))
          : iso(field, text);
    }
    if (!isNumber()) {
      throw wrongType(field, "milliseconds since 1970, or ISO 8601 with a zone");
    }
    return checked(field, Math.floor(parser.getDoubleValue()));
  }

  /** A time that may be absent: what is none counts as absent, and is noted. */
  long optionalTime(String field) throws IOException {
    try {
      return time(field);
    } catch (RejectedPayload e) {
      flaw(e);
      skip();
      return -1;
    }
  }

  private static long checked(String field, double value) throws RejectedPayload {
    if (value >= FIRST_SECONDS && value < LAST_SECONDS) {
      throw new RejectedPayload(
          RejectReason.OUT_OF_RANGE, field, field + " is in seconds; send milliseconds");
    }
    return bounded(field, value);
  }

  private static long bounded(String field, double value) throws RejectedPayload {
    if (!(value >= 0 && value <= Limits.MAX_TIMESTAMP_MILLIS)) {
      String hint =
          value > Limits.MAX_TIMESTAMP_MILLIS
              ? " is after the year 9999; send milliseconds"
              : " is before 1970";
      throw new RejectedPayload(RejectReason.OUT_OF_RANGE, field, field + hint);
    }
    return (long) value;
  }

  private static long iso(String field, String text) throws RejectedPayload {
    try {
      long millis = Instant.from(ISO.parse(text)).toEpochMilli();
      return bounded(field, (double) millis);
    } catch (DateTimeException | ArithmeticException e) {
      throw wrongType(field, "milliseconds since 1970, or ISO 8601 with a zone (Z or +01:00)");
    }
  }

  @Override
  double required(String field, double min, double max) throws IOException, RejectedPayload {
    if (at(JsonToken.VALUE_NULL)) {
      return Double.NaN;
    }
    double value = number(field);
    if (!(value >= min && value <= max)) {
      throw outOfRange(field, min, max);
    }
    return value;
  }

  /** A number that may be absent: null is, and so is what is no number or out of its range. */
  double optional(String field, double min, double max) throws IOException {
    try {
      return required(field, min, max);
    } catch (RejectedPayload e) {
      flaw(e);
      skip();
      return Double.NaN;
    }
  }

  /** Not negative, fractions floored; otherwise 0. */
  @Override
  long optionalLong(String field) throws IOException {
    if (at(JsonToken.VALUE_NUMBER_INT) && isLong() && parser.getLongValue() >= 0) {
      return parser.getLongValue();
    }
    double value = optional(field, 0, MAX_SEQ);
    return Double.isNaN(value) ? 0 : (long) value;
  }

  /** A text that may be absent: null is, and so is what is no text. */
  @Override
  @Nullable String text(String field, int max) throws IOException {
    if (at(JsonToken.VALUE_STRING)) {
      return cut(parser.getText(), max);
    }
    if (!at(JsonToken.VALUE_NULL)) {
      flaw(wrongType(field, "a text"));
      skip();
    }
    return null;
  }

  private double number(String field) throws IOException, RejectedPayload {
    if (isNumber()) {
      return parser.getDoubleValue();
    }
    if (at(JsonToken.VALUE_STRING)) {
      String text = parser.getText().strip();
      if (isNumber(text)) {
        return Double.parseDouble(text);
      }
    }
    throw wrongType(field, "a number");
  }

  private static boolean isNumber(String text) {
    return text.length() <= MAX_NUMBER_CHARS && NUMBER.matcher(text).matches();
  }
}

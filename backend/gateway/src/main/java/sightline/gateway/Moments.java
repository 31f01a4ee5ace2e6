package sightline.gateway;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads moments and spans as the API takes them. Any thread. */
final class Moments {
  /** The year 10,000; beyond it neither a format nor a browser's date goes. */
  private static final long MAX_MILLIS = 253_402_300_799_999L;

  /** Seconds since 1970 up to the year 5138 are below it; as ms it is in March 1973. */
  private static final long LEAST_MILLIS = 100_000_000_000L;

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,15}");
  private static final int DATE_LENGTH = 10;
  private static final DateTimeFormatter ISO =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter FILES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Moments() {}

  /**
   * ISO 8601 (without an offset: UTC) or epoch ms, as epoch ms. A number that can only be seconds
   * is refused: as ms it would be a moment of January 1970, and the answer an empty one.
   */
  static long parse(String name, String text) throws BadRequest {
    if (NUMBER.matcher(text).matches()) {
      return millis(name, Long.parseLong(text));
    }
    try {
      TemporalAccessor read = ISO.parseBest(iso(text), OffsetDateTime::from, LocalDateTime::from);
      return read instanceof OffsetDateTime moment
          ? moment.toInstant().toEpochMilli()
          : LocalDateTime.from(read).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new BadRequest(
          name
              + " must be ISO 8601, as 2026-01-01T00:00:00Z or with an offset as +01:00, or"
              + " milliseconds since 1970");
    }
  }

  private static long millis(String name, long number) throws BadRequest {
    if (number != 0 && Math.abs(number) < LEAST_MILLIS) {
      throw new BadRequest(
          name
              + " is in milliseconds since 1970; "
              + number
              + " looks like seconds: "
              + number * 1_000
              + " would be that moment");
    }
    if (Math.abs(number) > MAX_MILLIS) {
      throw new BadRequest(name + " is out of range");
    }
    return number;
  }

  /** With a time where there is a date alone; a plus sign that was not escaped came as a blank. */
  private static String iso(String text) {
    if (text.length() <= DATE_LENGTH) {
      return text + "T00:00:00Z";
    }
    String time = text.substring(DATE_LENGTH + 1).replace(' ', '+');
    char between = text.charAt(DATE_LENGTH);
    return text.substring(0, DATE_LENGTH) + (between == ' ' ? 'T' : between) + time;
  }

  /** In the one form that files have: UTC, with milliseconds always. */
  static String text(long millis) {
    return FILES.format(Instant.ofEpochMilli(millis));
  }

  /** ISO 8601 or ms, as ms. */
  static long span(String name, String text) throws BadRequest {
    try {
      long millis =
          text.matches("[0-9]{1,12}") ? Long.parseLong(text) : Duration.parse(text).toMillis();
      if (millis >= 0 && millis <= Duration.ofDays(400).toMillis()) {
        return millis;
      }
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new BadRequest(name + " must be ISO 8601 (PT10S) or milliseconds");
    }
    throw new BadRequest(name + " must be from 0 to 400 days");
  }
}

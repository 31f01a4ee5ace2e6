package sightline.gateway;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** Reads moments and spans as the API takes them. Any thread. */
final class Moments {
  /** The year 10,000; beyond it neither a format nor a browser's date goes. */
  private static final long MAX_MILLIS = 253_402_300_799_999L;

  private Moments() {}

  /** ISO 8601 (without an offset: UTC) or epoch ms, as epoch ms. */
  static long parse(String name, String text) throws BadRequest {
    try {
      if (text.matches("-?[0-9]{1,15}")) {
        long millis = Long.parseLong(text);
        if (Math.abs(millis) <= MAX_MILLIS) {
          return millis;
        }
        throw new BadRequest(name + " is out of range");
      }
      // A plus sign that was not escaped arrives as a blank.
      String iso = text.replace(' ', '+');
      if (iso.length() == 10) {
        return LocalDate.parse(iso).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
      }
      boolean offset = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
      return offset
          ? OffsetDateTime.parse(iso).toInstant().toEpochMilli()
          : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw new BadRequest(name + " must be ISO 8601 or milliseconds since 1970");
    }
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

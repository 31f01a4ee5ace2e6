package sightline.bench;

import java.time.Duration;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 500ms}, {@code 15s}, {@code 15} (seconds) and {@code 2m}. Stateless. */
final class Durations {
  private Durations() {}

  static Duration parse(String text) {
    String digits = text.replaceFirst("(ms|s|m)$", "");
    String unit = text.substring(digits.length());
    try {
      long count = Long.parseLong(digits);
      return switch (unit) {
        case "ms" -> Duration.ofMillis(count);
        case "m" -> Duration.ofMinutes(count);
        default -> Duration.ofSeconds(count);
      };
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is no duration such as 500ms, 15s or 2m");
    }
  }
}

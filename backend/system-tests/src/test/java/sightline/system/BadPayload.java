package sightline.system;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A payload that is refused; immutable.
 *
 * @param leaf of the topic: `location`, `status` or `events`
 * @param kind what is wrong, for people
 * @param payload its bytes, a character each
 * @param reason how it is counted
 */
record BadPayload(String leaf, String kind, String payload, String reason) {
  /** More than history keeps, and less than makes a clock one that lost its date. */
  static String monthsAgo() {
    return String.valueOf(System.currentTimeMillis() - 100 * 86_400_000L);
  }

  byte[] bytes() {
    return payload.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static BadPayload location(String kind, String payload, String reason) {
    return new BadPayload("location", kind, payload, reason);
  }

  private static BadPayload at(String kind, String lat, String reason) {
    String payload =
        "{\"timestamp\":%d,\"lat\":%s,\"lon\":9.5}".formatted(System.currentTimeMillis(), lat);
    return new BadPayload("location", kind, payload, reason);
  }

  static List<BadPayload> all() {
    String good = "{\"timestamp\":%d,\"lat\":47,\"lon\":9}".formatted(System.currentTimeMillis());
    return List.of(
        at("NaN", "NaN", "malformed"),
        at("+Infinity", "Infinity", "malformed"),
        at("-Infinity", "-Infinity", "malformed"),
        at("infinite by its exponent", "1e999", "out-of-range"),
        at("lat over 90", "90.0001", "out-of-range"),
        at("a string that is no number", "\"47 N\"", "wrong-type"),
        at("a comma in a number", "\"47,1\"", "wrong-type"),
        at("null for a number", "null", "missing-field"),
        at("an array for a number", "[47]", "wrong-type"),
        at("an object for a number", "{}", "wrong-type"),
        location("lon over 180", good.replace(":9}", ":-180.5}"), "out-of-range"),
        location("a time before 1970", good.replaceFirst("[0-9]{13}", "-1"), "out-of-range"),
        location("a time with an exponent", good.replaceFirst("[0-9]{13}", "1e17"), "out-of-range"),
        location(
            "a time beyond 9999",
            good.replaceFirst("[0-9]{13}", "253402300800000"),
            "out-of-range"),
        location(
            "a time before what is kept", good.replaceFirst("[0-9]{13}", monthsAgo()), "too-old"),
        location("no lon", good.replace(",\"lon\":9", ""), "missing-field"),
        location("a key twice", good.replace("{", "{\"lat\":1,"), "duplicate-key"),
        location("cut off", good.substring(0, good.length() - 1), "malformed"),
        location("something behind", good + "]", "malformed"),
        location("two documents", good + good, "malformed"),
        location("an array in 5,000 arrays", "[".repeat(5_000) + "]".repeat(5_000), "malformed"),
        location(
            "an unknown field 500 deep",
            good.replace("{", "{\"x\":" + "[".repeat(500) + "]".repeat(500) + ","),
            "malformed"),
        location("no payload", "", "empty"),
        location("a bare number", "7", "wrong-type"),
        location("a bare string", "\"47\"", "wrong-type"),
        location("text", "here I am", "malformed"),
        location("16 KiB and one byte", good + " ".repeat(16_385 - good.length()), "too-large"),
        location("200 KiB", " ".repeat(200 << 10), "too-large"),
        new BadPayload("location", "no UTF-8", good.replace("lat", "l\u00fft"), "malformed"),
        new BadPayload(
            "status", "a string for a truth", "{\"online\":\"yes\",\"timestamp\":1}", "wrong-type"),
        new BadPayload("status", "no online", "{\"timestamp\":1}", "missing-field"),
        new BadPayload("status", "an array", "[]", "wrong-type"),
        new BadPayload("events", "no type", "{\"id\":\"e\",\"timestamp\":1}", "missing-field"),
        new BadPayload(
            "events",
            "a number for a type",
            "{\"id\":\"e\",\"timestamp\":1,\"type\":7}",
            "wrong-type"),
        new BadPayload("events", "no JSON", "rubbish", "malformed"));
  }
}

package sightline.device;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the other side says of an event on {@code devices/{id}/acks}: recorded, or refused for good.
 * Immutable, for any thread.
 *
 * @param rejected why it was refused, or null when it is recorded
 */
record Answer(String event, @Nullable String rejected) {
  private static final int MAX_BYTES = 1_024;
  private static final String STRING = "\"((?:[^\"\\\\]|\\\\.)*+)\"";
  private static final String SCALAR = "(?:" + STRING + "|-?[0-9][0-9.eE+-]*|true|false|null)";
  private static final Pattern MEMBER =
      Pattern.compile("\\s*" + STRING + "\\s*:\\s*" + SCALAR + "\\s*([,}])");

  /** A flat JSON object with a string {@code event}; null when it is anything else. */
  static @Nullable Answer parse(byte[] payload) {
    if (payload.length > MAX_BYTES) {
      return null;
    }
    String json = new String(payload, StandardCharsets.UTF_8).strip();
    if (!json.startsWith("{")) {
      return null;
    }
    String event = null;
    String rejected = null;
    Matcher member = MEMBER.matcher(json);
    int at = 1;
    while (member.region(at, json.length()).lookingAt()) {
      at = member.end();
      String value = member.group(2);
      if ("event".equals(member.group(1))) {
        event = value;
      } else if ("rejected".equals(member.group(1))) {
        rejected = value == null ? "no reason given" : value;
      }
      if ("}".equals(member.group(3))) {
        return event == null || at != json.length() ? null : new Answer(event, rejected);
      }
    }
    return null;
  }
}

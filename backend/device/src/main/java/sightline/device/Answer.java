package sightline.device;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the other side says of an event, or of a backlog, on {@code devices/{id}/acks}: recorded, or
 * refused. Immutable, for any thread.
 *
 * @param backlog whether the id is a backlog's, and not an event's
 * @param rejected why it was refused, or null when it is recorded
 * @param refused of a recorded backlog: how many of its positions were refused all the same
 */
record Answer(boolean backlog, String id, @Nullable String rejected, int refused) {
  private static final int MAX_BYTES = 1_024;
  private static final String STRING = "\"((?:[^\"\\\\]|\\\\.)*+)\"";
  private static final String SCALAR = "(?:" + STRING + "|(-?[0-9][0-9.eE+-]*)|true|false|null)";
  private static final Pattern MEMBER =
      Pattern.compile("\\s*" + STRING + "\\s*:\\s*" + SCALAR + "\\s*([,}])");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");

  /** Refusals of the moment: somebody may enrol it, make room, or catch up. */
  private static final Set<String> OF_THE_MOMENT =
      Set.of("overload", "not-enrolled", "too-many-devices", "defect");

  /** Whether the same may be taken another time. */
  static boolean mayChange(String reason) {
    return OF_THE_MOMENT.contains(reason);
  }

  /**
   * A flat JSON object with a string {@code event} or {@code batch}; null when it is anything else.
   */
  static @Nullable Answer parse(byte[] payload) {
    if (payload.length > MAX_BYTES) {
      return null;
    }
    String json = new String(payload, StandardCharsets.UTF_8).strip();
    if (!json.startsWith("{")) {
      return null;
    }
    String event = null;
    String batch = null;
    String rejected = null;
    int refused = 0;
    Matcher member = MEMBER.matcher(json);
    int at = 1;
    while (member.region(at, json.length()).lookingAt()) {
      at = member.end();
      String value = member.group(2);
      switch (member.group(1)) {
        case "event" -> event = value;
        case "batch" -> batch = value;
        case "rejected" -> rejected = value == null ? "no reason given" : value;
        case "refused" -> refused = count(member.group(3));
        default -> {}
      }
      if ("}".equals(member.group(4))) {
        String id = event != null ? event : batch;
        return id == null || at != json.length()
            ? null
            : new Answer(event == null, id, rejected, refused);
      }
    }
    return null;
  }

  private static int count(@Nullable String number) {
    return number != null && COUNT.matcher(number).matches() ? Integer.parseInt(number) : 0;
  }
}

package sightline.protocol;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a device, or its last will, publishes on {@code devices/{id}/status}; stateless. */
public final class StatusParser {
  private static final int MAX_WORD = 64;
  private static final int MAX_NAME = 128;

  private StatusParser() {}

  /**
   * What a payload held.
   *
   * @param flaws why optional fields were left out
   */
  public record Parsed(Status status, List<RejectedPayload> flaws) {}

  /**
   * One status; fields that are absent or null are null.
   *
   * @throws RejectedPayload where it can't be accepted
   */
  public static Parsed parse(byte[] payload) throws RejectedPayload {
    return DeviceInput.of(payload, in -> new Parsed(status(in), in.flaws()));
  }

  private static Status status(DeviceInput in) throws IOException, RejectedPayload {
    in.expectObject("a status");
    Boolean online = null;
    long timestamp = -1;
    Integer battery = null;
    Integer signal = null;
    String session = null;
    String kind = null;
    String name = null;
    String firmware = null;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "online" -> online = in.bool(field);
        case "timestamp" -> timestamp = in.optionalTime(field);
        case "battery" -> battery = percent(in, field);
        case "signal" -> signal = percent(in, field);
        case "session" -> session = in.text(field, MAX_WORD);
        case "kind" -> kind = in.text(field, MAX_WORD);
        case "name" -> name = in.text(field, MAX_NAME);
        case "firmware" -> firmware = in.text(field, MAX_WORD);
        default -> in.skip();
      }
    }
    if (online == null) {
      throw JsonInput.missing("online");
    }
    return new Status(online, timestamp, battery, signal, session, kind, name, firmware);
  }

  private static @Nullable Integer percent(DeviceInput in, String field) throws IOException {
    double value = in.optional(field, 0, 100);
    return Double.isNaN(value) ? null : (int) Math.round(value);
  }
}

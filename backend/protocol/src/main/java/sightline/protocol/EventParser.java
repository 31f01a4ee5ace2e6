package sightline.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a device publishes on {@code devices/{id}/events}; stateless. */
public final class EventParser {
  private static final int MAX_TYPE = 64;

  private EventParser() {}

  /** What became of a payload; either way it has an id to answer with. */
  public sealed interface Parsed {
    /** The id that the device is answered with. */
    String id();

    /** It is accepted. */
    record Accepted(DeviceEvent event) implements Parsed {
      @Override
      public String id() {
        return event.id();
      }
    }

    /** It is not. */
    record Rejected(String id, RejectReason reason, String detail) implements Parsed {}
  }

  /**
   * One event.
   *
   * @param device whose it is
   * @param payload as published
   * @param received epoch ms
   */
  public static Parsed parse(String device, byte[] payload, long received) {
    Fields fields = new Fields();
    try {
      JsonInput.read(payload, fields::read);
      return new Parsed.Accepted(fields.event(device, payload, received));
    } catch (RejectedPayload e) {
      return new Parsed.Rejected(
          fields.id(device, payload), e.reason(), String.valueOf(e.getMessage()));
    }
  }

  /** The answer for a payload that is too large to be looked at. */
  public static Parsed.Rejected tooLarge(String device, byte[] payload) {
    return new Parsed.Rejected(
        derivedId(device, payload), RejectReason.TOO_LARGE, payload.length + " bytes");
  }

  /** The id of an event that has none: the same for each redelivery of the same bytes. */
  static String derivedId(String device, byte[] payload) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      sha.update(device.getBytes(StandardCharsets.UTF_8));
      sha.update((byte) 0);
      return "h-" + HexFormat.of().formatHex(sha.digest(payload), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** What has been read of an event so far; a rejected one may have got as far as its id. */
  private static final class Fields {
    private @Nullable String id;
    private long timestamp = -1;
    private @Nullable String type;
    private @Nullable String severity;
    private @Nullable String message;
    private double lat = Double.NaN;
    private double lon = Double.NaN;
    private final Map<String, String> data = new LinkedHashMap<>();
    private final Map<String, String> unknown = new LinkedHashMap<>();

    Fields read(JsonInput in) throws IOException, RejectedPayload {
      in.expectObject("an event");
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        switch (field) {
          case "id" -> id = idOf(in);
          case "timestamp" -> timestamp = in.time(field);
          case "type" -> type = in.text(field, MAX_TYPE);
          case "severity" -> severity = in.text(field, MAX_TYPE);
          case "message" -> message = in.text(field, Limits.MAX_PAYLOAD_BYTES);
          case "lat" -> lat = in.optional(field, -90, 90);
          case "lon" -> lon = in.optional(field, -180, 180);
          case "data" -> dataOf(in);
          default -> unknown.put(field, raw(in));
        }
      }
      return this;
    }

    DeviceEvent event(String device, byte[] payload, long received) throws RejectedPayload {
      if (timestamp < 0) {
        throw JsonInput.missing("timestamp");
      }
      if (type == null || type.isEmpty()) {
        throw JsonInput.missing("type");
      }
      boolean placed = !Double.isNaN(lat) && !Double.isNaN(lon);
      return new DeviceEvent(
          device,
          id(device, payload),
          timestamp,
          received,
          type,
          severity,
          message,
          placed ? lat : Double.NaN,
          placed ? lon : Double.NaN,
          dataText());
    }

    String id(String device, byte[] payload) {
      return id != null ? id : derivedId(device, payload);
    }

    private static @Nullable String idOf(JsonInput in) throws IOException {
      if (!in.at(JsonToken.VALUE_STRING)) {
        in.skip();
        return null;
      }
      String text = in.parser().getText();
      return Limits.isEventId(text) ? text : null;
    }

    private void dataOf(JsonInput in) throws IOException {
      if (!in.at(JsonToken.START_OBJECT)) {
        if (!in.at(JsonToken.VALUE_NULL)) {
          data.put("data", raw(in));
        }
        return;
      }
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        data.put(field, raw(in));
      }
    }

    private @Nullable String dataText() {
      unknown.forEach(data::putIfAbsent);
      if (data.isEmpty()) {
        return null;
      }
      JsonOut out = new JsonOut(256);
      out.open('{');
      data.forEach((name, value) -> out.name(name).raw(value));
      return out.close('}').text();
    }

    private static String raw(JsonInput in) throws IOException {
      StringWriter text = new StringWriter();
      try (JsonGenerator generator = JsonInput.FACTORY.createGenerator(text)) {
        generator.copyCurrentStructureExact(in.parser());
      }
      return text.toString();
    }
  }
}

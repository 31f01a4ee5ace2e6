package sightline.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a device publishes on {@code devices/{id}/events}; stateless. */
public final class EventParser {
  private static final int MAX_TYPE = 64;
  private static final Set<String> SEVERITIES = Set.of(DeviceEvent.CRITICAL, "warning", "info");

  private EventParser() {}

  /** What became of a payload; either way it has an id to answer with. */
  public sealed interface Parsed {
    /** The id that the device is answered with. */
    String id();

    /**
     * It is accepted.
     *
     * @param flaws why optional fields were left out; what they held is in its data
     */
    record Accepted(DeviceEvent event, List<RejectedPayload> flaws) implements Parsed {
      @Override
      public String id() {
        return event.id();
      }
    }

    /** It is not. */
    record Rejected(String id, RejectedPayload why) implements Parsed {}
  }

  /**
   * One event.
   *
   * @param device whose it is
   * @param payload as published
   * @param received epoch ms
   */
  public static Parsed parse(String device, byte[] payload, long received) {
    return parse(device, payload, received, NullIsland.REFUSE);
  }

  /** The same, with what becomes of a place at 0, 0. */
  public static Parsed parse(String device, byte[] payload, long received, NullIsland island) {
    if (payload.length > Limits.MAX_PAYLOAD_BYTES) {
      return new Parsed.Rejected(idOf(device, payload), Limits.tooLarge(payload));
    }
    Fields fields = new Fields();
    try {
      List<RejectedPayload> flaws = DeviceInput.of(payload, fields::read);
      if (island.refuses(fields.lat, fields.lon)) {
        flaws = new ArrayList<>(flaws);
        flaws.add(NullIsland.refused());
        fields.lat = Double.NaN;
      }
      return new Parsed.Accepted(fields.event(device, payload, received), flaws);
    } catch (RejectedPayload e) {
      return new Parsed.Rejected(fields.id(device, payload), e);
    }
  }

  /** The id that a payload is answered with of which nothing else is looked at. */
  public static String idOf(String device, byte[] payload) {
    Fields fields = new Fields();
    try {
      var _ = DeviceInput.of(payload, fields::readId);
    } catch (RejectedPayload e) {
      // It is answered for what was read so far.
    }
    return fields.id(device, payload);
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

    List<RejectedPayload> readId(DeviceInput in) throws IOException, RejectedPayload {
      in.expectObject("an event");
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        if (field.equals("id")) {
          id = idOf(in);
        } else {
          in.skip();
        }
      }
      return in.flaws();
    }

    List<RejectedPayload> read(DeviceInput in) throws IOException, RejectedPayload {
      in.expectObject("an event");
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        switch (field) {
          case "id" -> id = idOf(in);
          case "timestamp" -> timestamp = in.time(field);
          case "type" -> type = typeOf(in, field);
          case "severity" -> severity = severityOf(text(in, field, MAX_TYPE));
          case "message" -> message = text(in, field, Limits.MAX_PAYLOAD_BYTES);
          case "lat" -> lat = degrees(in, field, 90);
          case "lon" -> lon = degrees(in, field, 180);
          case "data" -> dataOf(in);
          default -> unknown.put(field, raw(in));
        }
      }
      return in.flaws();
    }

    private static @Nullable String typeOf(DeviceInput in, String field)
        throws IOException, RejectedPayload {
      if (!in.at(JsonToken.VALUE_STRING) && !in.at(JsonToken.VALUE_NULL)) {
        throw JsonInput.wrongType(field, "a text");
      }
      return in.text(field, MAX_TYPE);
    }

    /** What is no text is kept in the data: nothing that an event says is lost. */
    private @Nullable String text(DeviceInput in, String field, int max) throws IOException {
      if (in.at(JsonToken.VALUE_STRING) || in.at(JsonToken.VALUE_NULL)) {
        return in.text(field, max);
      }
      in.flaw(JsonInput.wrongType(field, "a text"));
      unknown.put(field, raw(in));
      return null;
    }

    private double degrees(DeviceInput in, String field, double bound) throws IOException {
      try {
        return in.required(field, -bound, bound);
      } catch (RejectedPayload e) {
        in.flaw(e);
        unknown.put(field, raw(in));
        return Double.NaN;
      }
    }

    /** The words of the contract in any case; another one as it is. */
    private static @Nullable String severityOf(@Nullable String said) {
      String word = said == null ? "" : said.strip().toLowerCase(Locale.ROOT);
      return SEVERITIES.contains(word) ? word : said;
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
        copy(in.parser(), generator);
      }
      return text.toString();
    }

    /** Numbers as they are written: as a decimal, one with a huge exponent is none. */
    private static void copy(JsonParser from, JsonGenerator to) throws IOException {
      int depth = 0;
      while (true) {
        if (from.currentToken().isNumeric()) {
          to.writeNumber(from.getText());
        } else {
          to.copyCurrentEvent(from);
        }
        depth += from.currentToken().isStructStart() ? 1 : 0;
        depth -= from.currentToken().isStructEnd() ? 1 : 0;
        if (depth == 0) {
          return;
        }
        if (from.nextToken() == null) {
          throw new JsonEOFException(from, JsonToken.NOT_AVAILABLE, "it ends too soon");
        }
      }
    }
  }
}

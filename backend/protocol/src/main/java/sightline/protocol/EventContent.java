package sightline.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an event says, without its id and when it was received: a device whose counter starts anew
 * uses an id twice, and two events that say something else are two. Stateless.
 */
public final class EventContent {
  private EventContent() {}

  /** Whether two say the same, however their payloads were written. */
  public static boolean same(DeviceEvent one, DeviceEvent other) {
    return one.equals(other) || hash(one).equals(hash(other));
  }

  /** 32 hex digits of SHA-256. */
  public static String hash(DeviceEvent event) {
    StringBuilder all = new StringBuilder(256);
    all.append(event.timestamp()).append(' ');
    text(all, event.type());
    text(all, event.severity() == null ? null : event.severity().toLowerCase(Locale.ROOT));
    text(all, event.message());
    all.append(event.lat()).append(' ').append(event.lon()).append(' ');
    all.append(json(event.data()));
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      byte[] digest = sha.digest(all.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The event under an id that is made of what it says: the same in each redelivery. */
  public static DeviceEvent underOwnId(DeviceEvent event) {
    return new DeviceEvent(
        event.device(),
        "c-" + hash(event),
        event.timestamp(),
        event.received(),
        event.type(),
        event.severity(),
        event.message(),
        event.lat(),
        event.lon(),
        event.data());
  }

  private static void text(StringBuilder out, @Nullable String text) {
    if (text == null) {
      out.append("- ");
    } else {
      out.append(text.length()).append(':').append(text).append(' ');
    }
  }

  /** The same for the same value, whatever the order of fields and the writing of numbers. */
  private static String json(@Nullable String data) {
    if (data == null) {
      return "-";
    }
    try (JsonParser parser = JsonInput.FACTORY.createParser(data)) {
      StringBuilder out = new StringBuilder(data.length());
      value(parser, parser.nextToken(), out);
      return out.toString();
    } catch (IOException e) {
      return data;
    }
  }

  private static void value(JsonParser parser, @Nullable JsonToken token, StringBuilder out)
      throws IOException {
    if (token == JsonToken.START_OBJECT) {
      Map<String, String> fields = new TreeMap<>();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        StringBuilder field = new StringBuilder();
        value(parser, parser.nextToken(), field);
        fields.put(name, field.toString());
      }
      out.append('{');
      fields.forEach(
          (name, field) -> {
            text(out, name);
            out.append(field);
          });
      out.append('}');
    } else if (token == JsonToken.START_ARRAY) {
      out.append('[');
      for (JsonToken next = parser.nextToken();
          next != null && next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        value(parser, next, out);
      }
      out.append(']');
    } else if (token != null && token.isNumeric()) {
      out.append(number(parser.getText())).append(' ');
    } else if (token == JsonToken.VALUE_STRING) {
      text(out, parser.getText());
    } else {
      out.append(parser.getText()).append(' ');
    }
  }

  private static String number(String written) {
    try {
      return new BigDecimal(written).stripTrailingZeros().toString();
    } catch (ArithmeticException | NumberFormatException e) {
      return written;
    }
  }
}

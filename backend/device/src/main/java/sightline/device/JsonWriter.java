package sightline.device;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one JSON text as UTF-8. For the thread that made it. */
final class JsonWriter {
  private static final int MAX_DEPTH = 16;
  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private byte[] buffer;
  private int length;
  private boolean comma;

  JsonWriter(int capacity) {
    buffer = new byte[capacity];
  }

  JsonWriter beginObject() {
    return open('{');
  }

  JsonWriter endObject() {
    return close('}');
  }

  JsonWriter beginArray() {
    return open('[');
  }

  JsonWriter endArray() {
    return close(']');
  }

  JsonWriter name(String name) {
    separate();
    quoted(name);
    put(':');
    comma = false;
    return this;
  }

  JsonWriter value(String text) {
    separate();
    quoted(text);
    return this;
  }

  JsonWriter value(boolean truth) {
    return raw(truth ? "true" : "false");
  }

  JsonWriter value(long number) {
    separate();
    digits(number);
    return this;
  }

  /** A finite number of a size under 2^53 / 10^decimals, rounded, without trailing zeros. */
  JsonWriter value(double number, int decimals) {
    separate();
    long scaled = Math.round(Math.abs(number) * POWERS[decimals]);
    if (number < 0 && scaled != 0) {
      put('-');
    }
    digits(scaled / POWERS[decimals]);
    long fraction = scaled % POWERS[decimals];
    if (fraction != 0) {
      put('.');
      for (int place = decimals - 1; fraction != 0; place--) {
        put((char) ('0' + fraction / POWERS[place]));
        fraction %= POWERS[place];
      }
    }
    return this;
  }

  /**
   * Any JSON value made of strings, finite numbers, booleans, nulls, maps with string keys and
   * lists.
   *
   * @throws IllegalArgumentException for anything else, or deeper than 16
   */
  JsonWriter any(@Nullable Object value) {
    return any(value, 0);
  }

  byte[] toBytes() {
    return buffer.length == length ? buffer : Arrays.copyOf(buffer, length);
  }

  private JsonWriter any(@Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException("data is nested deeper than " + MAX_DEPTH);
    }
    if (value == null) {
      return raw("null");
    } else if (value instanceof String text) {
      return value(text);
    } else if (value instanceof Boolean truth) {
      return value(truth.booleanValue());
    } else if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return raw(number.toString());
    } else if (value instanceof Map<?, ?> map) {
      beginObject();
      map.forEach((name, inner) -> name(String.valueOf(name)).any(inner, depth + 1));
      return endObject();
    } else if (value instanceof Iterable<?> list) {
      beginArray();
      list.forEach(inner -> any(inner, depth + 1));
      return endArray();
    }
    throw new IllegalArgumentException("not a JSON value: " + value);
  }

  private JsonWriter open(char bracket) {
    separate();
    put(bracket);
    comma = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    put(bracket);
    comma = true;
    return this;
  }

  /** A value that is JSON already. */
  private JsonWriter raw(String json) {
    separate();
    for (int i = 0; i < json.length(); i++) {
      put(json.charAt(i));
    }
    return this;
  }

  private void separate() {
    if (comma) {
      put(',');
    }
    comma = true;
  }

  private void digits(long number) {
    if (number < 0) {
      put('-');
    }
    int width = 1;
    for (long rest = number / 10; rest != 0; rest /= 10) {
      width++;
    }
    ensure(width);
    long rest = number;
    for (int i = length + width - 1; i >= length; i--) {
      buffer[i] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    }
    length += width;
  }

  private void quoted(String text) {
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        put('\\');
        put(c);
      } else if (c < 0x20) {
        unicodeEscape(c);
      } else if (c < 0x80) {
        put(c);
      } else {
        int end = Character.isHighSurrogate(c) ? Math.min(i + 2, text.length()) : i + 1;
        for (byte b : text.substring(i, end).getBytes(StandardCharsets.UTF_8)) {
          put((char) (b & 0xff));
        }
        i = end - 1;
      }
    }
    put('"');
  }

  private void unicodeEscape(char c) {
    for (char escaped : String.format("\\u%04x", (int) c).toCharArray()) {
      put(escaped);
    }
  }

  private void put(char c) {
    ensure(1);
    buffer[length++] = (byte) c;
  }

  private void ensure(int more) {
    if (length + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(length + more, 2 * buffer.length));
    }
  }
}

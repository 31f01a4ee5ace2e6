package sightline.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON as UTF-8 into a byte array that grows and is used again, without allocation in the
 * steady state. Owned by one thread. Names and values put their own commas.
 */
public final class JsonOut {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final long[] POWERS = {
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000
  };

  private byte[] bytes;
  private int size;

  /** Empty, with room for {@code capacity} bytes before it grows. */
  public JsonOut(int capacity) {
    bytes = new byte[capacity];
  }

  /** Forgets all, keeps its room. */
  public JsonOut reset() {
    size = 0;
    return this;
  }

  /** How many bytes there are. */
  public int size() {
    return size;
  }

  /** The array that holds them from 0 on; valid until the next write. */
  public byte[] array() {
    return bytes;
  }

  /** A copy of them. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  /** All of it as text. */
  public String text() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  /** Begins an object or array: <code>{</code> or {@code [}. */
  public JsonOut open(char bracket) {
    separate();
    put((byte) bracket);
    return this;
  }

  /** Ends an object or array. */
  public JsonOut close(char bracket) {
    put((byte) bracket);
    return this;
  }

  /** A field's name and its colon. */
  public JsonOut name(String name) {
    separate();
    quoted(name);
    put((byte) ':');
    return this;
  }

  /** A string value. */
  public JsonOut string(String value) {
    separate();
    quoted(value);
    return this;
  }

  /** Text that is JSON already, or bytes that were encoded before. */
  public JsonOut raw(String json) {
    separate();
    byte[] encoded = json.getBytes(StandardCharsets.UTF_8);
    return append(encoded, 0, encoded.length);
  }

  /** Bytes that are JSON already, without any separator before them. */
  public JsonOut append(byte[] encoded, int offset, int length) {
    room(length);
    System.arraycopy(encoded, offset, bytes, size, length);
    size += length;
    return this;
  }

  /** {@code true} or {@code false}. */
  public JsonOut bool(boolean value) {
    return raw(value ? "true" : "false");
  }

  /** {@code null}. */
  public JsonOut nothing() {
    return raw("null");
  }

  /** An integer. */
  public JsonOut number(long value) {
    separate();
    digits(value);
    return this;
  }

  /**
   * A finite decimal number, rounded to at most {@code places} (0 to 8) digits behind the point,
   * without zeros at its end; NaN is null.
   */
  public JsonOut decimal(double value, int places) {
    if (Double.isNaN(value)) {
      return nothing();
    }
    separate();
    long power = POWERS[places];
    long scaled = Math.round(Math.abs(value) * power);
    if (value < 0 && scaled != 0) {
      put((byte) '-');
    }
    digits(scaled / power);
    long fraction = scaled % power;
    if (fraction != 0) {
      put((byte) '.');
      for (long unit = power / 10; fraction != 0; unit /= 10) {
        put((byte) ('0' + fraction / unit));
        fraction %= unit;
      }
    }
    return this;
  }

  private void digits(long value) {
    if (value == Long.MIN_VALUE) {
      byte[] text = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
      append(text, 0, text.length);
      return;
    }
    room(20);
    long rest = value;
    if (rest < 0) {
      bytes[size++] = '-';
      rest = -rest;
    }
    int length = 1;
    for (long bound = 10; length < 19 && rest >= bound; bound *= 10) {
      length++;
    }
    for (int at = size + length - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += length;
  }

  /** A comma where a value or name stands right before. */
  private void separate() {
    if (size == 0) {
      return;
    }
    byte last = bytes[size - 1];
    if (last != '{' && last != '[' && last != ':' && last != ',') {
      put((byte) ',');
    }
  }

  private void quoted(String text) {
    put((byte) '"');
    int length = text.length();
    room(length * 3 + 1);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x20 && c < 0x7f && c != '"' && c != '\\') {
        bytes[size++] = (byte) c;
      } else if (c < 0x80) {
        escaped(c, length - i);
      } else {
        i += multibyte(text, i);
      }
    }
    put((byte) '"');
  }

  private void escaped(char c, int rest) {
    room(rest * 3 + 8);
    bytes[size++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[size++] = (byte) c;
      case '\n' -> bytes[size++] = 'n';
      case '\r' -> bytes[size++] = 'r';
      case '\t' -> bytes[size++] = 't';
      default -> {
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 15];
      }
    }
  }

  /**
   * Writes one code point; gives how many further chars it took. A lone surrogate becomes U+FFFD.
   */
  private int multibyte(String text, int at) {
    int point = text.codePointAt(at);
    if (point >= 0x10000) {
      bytes[size++] = (byte) (0xf0 | point >> 18);
      bytes[size++] = (byte) (0x80 | (point >> 12 & 0x3f));
      bytes[size++] = (byte) (0x80 | (point >> 6 & 0x3f));
      bytes[size++] = (byte) (0x80 | (point & 0x3f));
      return 1;
    }
    if (point < 0x800) {
      bytes[size++] = (byte) (0xc0 | point >> 6);
    } else {
      int sound = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
      bytes[size++] = (byte) (0xe0 | sound >> 12);
      bytes[size++] = (byte) (0x80 | (sound >> 6 & 0x3f));
      point = sound;
    }
    bytes[size++] = (byte) (0x80 | (point & 0x3f));
    return 0;
  }

  private void put(byte b) {
    room(1);
    bytes[size++] = b;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}

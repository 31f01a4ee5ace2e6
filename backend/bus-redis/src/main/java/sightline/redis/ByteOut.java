package sightline.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes the binary forms: big-endian numbers, lengths before texts. Used by one thread. */
final class ByteOut {
  private byte[] bytes;
  private int size;

  ByteOut(int expected) {
    bytes = new byte[expected];
  }

  ByteOut u8(int value) {
    room(1)[size++] = (byte) value;
    return this;
  }

  ByteOut flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  ByteOut i64(long value) {
    ByteBuffer.wrap(room(8)).putLong(size, value);
    size += 8;
    return this;
  }

  ByteOut f64(double value) {
    return i64(Double.doubleToRawLongBits(value));
  }

  /** A count or a length: 7 bits a byte, the lowest first. */
  ByteOut count(int value) {
    int rest = value;
    while (rest >= 0x80) {
      u8((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return u8(rest);
  }

  ByteOut text(String value) {
    return block(value.getBytes(StandardCharsets.UTF_8));
  }

  /** A text that may be absent. */
  ByteOut optional(@Nullable String value) {
    return value == null ? flag(false) : flag(true).text(value);
  }

  /** A number that may be absent. */
  ByteOut optional(@Nullable Integer value) {
    return value == null ? flag(false) : flag(true).i64(value);
  }

  /** Bytes with their length before them. */
  ByteOut block(byte[] value) {
    count(value.length);
    System.arraycopy(value, 0, room(value.length), size, value.length);
    size += value.length;
    return this;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  private byte[] room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
    return bytes;
  }
}

package sightline.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes big-endian numbers and texts into a byte array that grows and is used again, without
 * allocation in the steady state. Owned by one thread.
 */
public final class BinaryOut {
  /** The length of a text that is absent. */
  public static final int NO_TEXT = 0xffff;

  private byte[] bytes;
  private int size;

  /** Empty, with room for {@code capacity} bytes before it grows. */
  public BinaryOut(int capacity) {
    bytes = new byte[capacity];
  }

  /** Forgets all, keeps its room. */
  public BinaryOut reset() {
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

  /** One byte: the lowest eight bits. */
  public BinaryOut u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  /** Two bytes. */
  public BinaryOut u16(int value) {
    room(2);
    bytes[size++] = (byte) (value >> 8);
    bytes[size++] = (byte) value;
    return this;
  }

  /** Four bytes, signed or not. */
  public BinaryOut u32(int value) {
    room(4);
    set32(size, value);
    size += 4;
    return this;
  }

  /** Six bytes: a time in epoch ms up to the end of the year 9999 fits. */
  public BinaryOut u48(long value) {
    u16((int) (value >> 32));
    return u32((int) value);
  }

  /** A length of two bytes and so many bytes of UTF-8; {@link #NO_TEXT} and none where absent. */
  public BinaryOut text(@Nullable String value) {
    if (value == null) {
      return u16(NO_TEXT);
    }
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    u16(encoded.length);
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
    return this;
  }

  /** Overwrites four bytes that were written before. */
  public void set32(int at, int value) {
    bytes[at] = (byte) (value >> 24);
    bytes[at + 1] = (byte) (value >> 16);
    bytes[at + 2] = (byte) (value >> 8);
    bytes[at + 3] = (byte) value;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}

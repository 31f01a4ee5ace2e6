package sightline.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ByteOut} wrote. Every method throws {@link UnknownForm} where the bytes end too
 * soon. Used by one thread.
 */
final class ByteIn {
  private final ByteBuffer bytes;

  ByteIn(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  boolean atEnd() {
    return !bytes.hasRemaining();
  }

  int u8() {
    need(1);
    return bytes.get() & 0xff;
  }

  boolean flag() {
    return u8() != 0;
  }

  long i64() {
    need(8);
    return bytes.getLong();
  }

  double f64() {
    return Double.longBitsToDouble(i64());
  }

  int count() {
    int value = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      int next = u8();
      value |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new UnknownForm("a length of more than 32 bits");
  }

  String text() {
    return new String(block(), StandardCharsets.UTF_8);
  }

  @Nullable String optionalText() {
    return flag() ? text() : null;
  }

  @Nullable Integer optionalInt() {
    return flag() ? Math.toIntExact(i64()) : null;
  }

  byte[] block() {
    int length = count();
    need(length);
    byte[] block = new byte[length];
    bytes.get(block);
    return block;
  }

  private void need(int length) {
    if (length < 0 || bytes.remaining() < length) {
      throw new UnknownForm("it ends too soon");
    }
  }
}

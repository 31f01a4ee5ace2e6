package sightline.bench;

import java.util.Arrays;

/**
 * Bytes of a stream that are not yet taken, kept from one read to the next. Owned by the
 * generator's thread.
 */
final class Gathered {
  private byte[] bytes = new byte[4_096];
  private int from;
  private int to;

  void add(byte[] more, int start, int end) {
    int length = end - start;
    if (to + length > bytes.length) {
      byte[] room =
          size() + length > bytes.length
              ? new byte[Math.max(2 * bytes.length, size() + length)]
              : bytes;
      System.arraycopy(bytes, from, room, 0, size());
      to -= from;
      from = 0;
      bytes = room;
    }
    System.arraycopy(more, start, bytes, to, length);
    to += length;
  }

  /** The array that holds them from {@link #from} to {@link #to}, valid until the next add. */
  byte[] array() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  int size() {
    return to - from;
  }

  /** Whether they begin with that. */
  boolean begin(byte[] with) {
    return size() >= with.length
        && Arrays.equals(bytes, from, from + with.length, with, 0, with.length);
  }

  /** Forgets so many of the first. */
  void take(int count) {
    from += count;
    if (from == to) {
      clear();
    }
  }

  void clear() {
    from = 0;
    to = 0;
  }
}

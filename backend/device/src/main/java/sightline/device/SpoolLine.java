package sightline.device;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One line of a spool's log: {@code <crc> + <id> <payload>} keeps an event, {@code <crc> - <id>}
 * forgets it; the CRC-32C, in 8 hex digits, is of what follows its space. Immutable, for any
 * thread.
 */
final class SpoolLine {
  private static final int BODY = 9;

  private final String id;
  private final byte @Nullable [] payload;

  /** A line that keeps an event, or, without a payload, forgets it. */
  SpoolLine(String id, byte @Nullable [] payload) {
    this.id = id;
    this.payload = payload;
  }

  String id() {
    return id;
  }

  byte @Nullable [] payload() {
    return payload;
  }

  /** Its bytes with the newline. The payload has no newline: it is compact JSON. */
  byte[] encode() {
    byte[] head = ((payload == null ? "- " : "+ ") + id).getBytes(StandardCharsets.ISO_8859_1);
    byte[] kept = payload == null ? new byte[0] : payload;
    int bodyLength = head.length + (payload == null ? 0 : 1 + kept.length);
    byte[] line = new byte[BODY + bodyLength + 1];
    System.arraycopy(head, 0, line, BODY, head.length);
    if (payload != null) {
      line[BODY + head.length] = ' ';
      System.arraycopy(kept, 0, line, BODY + head.length + 1, kept.length);
    }
    byte[] crc = checksum(line, BODY, bodyLength);
    System.arraycopy(crc, 0, line, 0, crc.length);
    line[crc.length] = ' ';
    line[line.length - 1] = '\n';
    return line;
  }

  /** The line between two offsets (the newline excluded), or null when it is torn or damaged. */
  static @Nullable SpoolLine parse(byte[] log, int from, int to) {
    int body = from + BODY;
    if (to - body < 3
        || !Arrays.equals(log, from, from + 8, checksum(log, body, to - body), 0, 8)
        || log[body + 1] != ' ') {
      return null;
    }
    int idEnd = body + 2;
    while (idEnd < to && log[idEnd] != ' ') {
      idEnd++;
    }
    String id = new String(log, body + 2, idEnd - body - 2, StandardCharsets.ISO_8859_1);
    if (log[body] == '-') {
      return new SpoolLine(id, null);
    }
    return idEnd == to ? null : new SpoolLine(id, Arrays.copyOfRange(log, idEnd + 1, to));
  }

  private static byte[] checksum(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return String.format("%08x", crc.getValue()).getBytes(StandardCharsets.ISO_8859_1);
  }
}

package sightline.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The head of a server's answer to a handshake, as its bytes come. Owned by the generator's thread.
 */
final class ResponseHead {
  private static final int LONGEST = 8_192;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
  private String text = "";

  /**
   * Reads the first bytes of a chunk; gives where in it the head ends, or -1 where it goes on.
   *
   * @throws FrameReader.BadFrame where it never ends
   */
  int read(byte[] chunk, int length) {
    int before = bytes.size();
    bytes.write(chunk, 0, length);
    byte[] all = bytes.toByteArray();
    int end = indexOf(all, Handshake.HEAD_END);
    if (end < 0) {
      if (all.length > LONGEST) {
        throw new FrameReader.BadFrame("the response's head does not end");
      }
      return -1;
    }
    text = new String(all, 0, end, StandardCharsets.US_ASCII);
    bytes.reset();
    return end + Handshake.HEAD_END.length - before;
  }

  private static int indexOf(byte[] bytes, byte[] what) {
    for (int at = 0; at + what.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + what.length, what, 0, what.length)) {
        return at;
      }
    }
    return -1;
  }

  /** Whether it accepts the handshake. */
  boolean accepted() {
    return Handshake.accepted(text);
  }

  String statusLine() {
    return text.lines().findFirst().orElse("");
  }
}

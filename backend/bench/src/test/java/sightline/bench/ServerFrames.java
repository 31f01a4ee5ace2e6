package sightline.bench;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Lays a server's frames out by hand. Belongs to one test. */
final class ServerFrames {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  ServerFrames text(String payload) {
    return frame(true, 1, payload);
  }

  ServerFrames frame(boolean fin, int opcode, String payload) {
    byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
    out.write((fin ? 0x80 : 0) | opcode);
    if (bytes.length < 126) {
      out.write(bytes.length);
    } else if (bytes.length < 65_536) {
      out.write(126);
      number(bytes.length, 2);
    } else {
      out.write(127);
      number(bytes.length, 8);
    }
    out.writeBytes(bytes);
    return this;
  }

  private void number(long value, int bytes) {
    for (int at = bytes - 1; at >= 0; at--) {
      out.write((int) (value >>> (8 * at)));
    }
  }

  byte[] bytes() {
    return out.toByteArray();
  }
}

package sightline.system;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that says any bytes, right or wrong. Owned by the test. */
final class RawWebSocket implements AutoCloseable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** What {@link #await} gives where the connection ended before. */
  static final Frame GONE = new Frame(-1, "", 0);

  private static final int TIMEOUT_MILLIS = 20_000;
  private static final byte[] KEY = {1, 2, 3, 4};

  private final Socket socket;
  private final DataInputStream in;

  /** A frame: its opcode, its text, and a close frame's code, 0 where it has none. */
  record Frame(int opcode, String text, int code) {}

  /** Opens {@code /live}. */
  RawWebSocket(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    say(
        """
        GET /live HTTP/1.1\r
        Host: 127.0.0.1\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        \r
        """
            .getBytes(StandardCharsets.US_ASCII));
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    if (!head.toString().startsWith("HTTP/1.1 101 ")) {
      throw new IOException("no upgrade: " + head);
    }
  }

  /** A masked frame; {@code first} is the byte with FIN, the reserved bits and the opcode. */
  static byte[] frame(int first, byte[] payload) {
    return frame(first, payload, true);
  }

  static byte[] frame(int first, byte[] payload, boolean masked) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int mask = masked ? 0x80 : 0;
    out.write(first);
    if (payload.length < 126) {
      out.write(mask | payload.length);
    } else if (payload.length < 1 << 16) {
      out.write(mask | 126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    } else {
      out.write(mask | 127);
      out.writeBytes(new byte[4]);
      for (int shift = 24; shift >= 0; shift -= 8) {
        out.write(payload.length >> shift);
      }
    }
    if (masked) {
      out.writeBytes(KEY);
    }
    for (int i = 0; i < payload.length; i++) {
      out.write(masked ? payload[i] ^ KEY[i % KEY.length] : payload[i]);
    }
    return out.toByteArray();
  }

  void say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** The next frame of an opcode, those before it passed over. */
  Frame await(int opcode) throws IOException {
    Frame frame = next();
    while (frame.opcode() != opcode && !frame.equals(GONE)) {
      frame = next();
    }
    return frame;
  }

  /** The next frame, or {@link #GONE}. */
  private Frame next() throws IOException {
    try {
      return read();
    } catch (EOFException | SocketException e) {
      return GONE;
    }
  }

  private Frame read() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0f;
    long length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    byte[] payload = in.readNBytes((int) length);
    boolean coded = opcode == CLOSE && payload.length >= 2;
    int code = coded ? (payload[0] & 0xff) << 8 | (payload[1] & 0xff) : 0;
    return new Frame(opcode, new String(payload, StandardCharsets.UTF_8), code);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

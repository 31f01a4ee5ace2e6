package sightline.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that says any bytes, right or wrong. Owned by the test. */
final class RawClient implements AutoCloseable {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;
  static final int GONE = -1;

  final Socket socket;
  private final DataInputStream in;

  /** What came: an opcode, {@link #GONE} at the end, and its bytes. */
  record Frame(int opcode, String text, int closeCode) {}

  RawClient(int port, int receiveBuffer) throws IOException {
    socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = new DataInputStream(socket.getInputStream());
  }

  RawClient(int port) throws IOException {
    this(port, 0);
  }

  /** One that has opened {@code /live}. */
  static RawClient live(int port, String query, int receiveBuffer) throws IOException {
    RawClient client = new RawClient(port, receiveBuffer);
    client.say(handshake("/live" + query, ""));
    String head = client.head();
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new AssertionError("no upgrade: " + head);
    }
    return client;
  }

  static RawClient live(int port) throws IOException {
    return live(port, "", 0);
  }

  static String handshake(String target, String more) {
    return "GET "
        + target
        + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + more
        + "\r\n";
  }

  void say(String ascii) throws IOException {
    say(ascii.getBytes(StandardCharsets.ISO_8859_1));
  }

  void say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Sends a masked frame. */
  void frame(boolean fin, int opcode, byte[] payload) throws IOException {
    frame((fin ? 0x80 : 0) | opcode, true, payload);
  }

  void frame(int first, boolean masked, byte[] payload) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    int mask = masked ? 0x80 : 0;
    if (payload.length < 126) {
      out.write(mask | payload.length);
    } else if (payload.length < 0x10000) {
      out.write(mask | 126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    } else {
      out.write(mask | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        out.write((int) ((long) payload.length >> shift));
      }
    }
    byte[] key = {1, 2, 3, 4};
    if (masked) {
      out.writeBytes(key);
    }
    for (int i = 0; i < payload.length; i++) {
      out.write(masked ? payload[i] ^ key[i % 4] : payload[i]);
    }
    say(out.toByteArray());
  }

  void text(String text) throws IOException {
    frame(true, TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The head of an HTTP answer. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        return head.toString();
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** The next frame. */
  Frame read() throws IOException {
    try {
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
    } catch (EOFException | SocketException e) {
      return new Frame(GONE, "", 0);
    }
  }

  /** The next frame of an opcode, or the end. */
  Frame await(int opcode) throws IOException {
    Frame frame = read();
    while (frame.opcode() != opcode && frame.opcode() != GONE) {
      frame = read();
    }
    return frame;
  }

  /** The next text message of a type. */
  String message(String type) throws IOException {
    Frame frame = await(TEXT);
    while (frame.opcode() == TEXT && !frame.text().startsWith("{\"type\":\"" + type + "\"")) {
      frame = await(TEXT);
    }
    if (frame.opcode() != TEXT) {
      throw new AssertionError("the end came before " + type);
    }
    return frame.text();
  }

  /** All that comes until the server closes. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Whether the server has closed the connection. */
  boolean isGone() throws IOException {
    return await(GONE).opcode() == GONE;
  }

  /** Ends without a word: RST. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

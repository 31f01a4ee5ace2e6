package sightline.drill;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.SSLContext;

/**
 * A WebSocket by hand, so that what is read is the reader's choice. For one thread; any other may
 * close it.
 */
final class RawSocket implements AutoCloseable {
  static final int TEXT = 1;
  static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int BUFFER = 64 * 1024;
  private static final int CONNECT_MILLIS = 5_000;
  private static final int LAST = 0x80;
  private static final int MASKED = 0x80;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  /** A message or a close; a close has its code in the first two bytes, or none. */
  static final class Frame {
    private final int opcode;
    private final byte[] payload;

    private Frame(int opcode, byte[] payload) {
      this.opcode = opcode;
      this.payload = payload;
    }

    int opcode() {
      return opcode;
    }

    byte[] payload() {
      return payload;
    }
  }

  private RawSocket(Socket socket) throws IOException {
    this.socket = socket;
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    out = socket.getOutputStream();
  }

  /**
   * Connects.
   *
   * @param silenceMillis without a byte, after which it is given up
   */
  static RawSocket open(URI live, SSLContext trust, int silenceMillis) throws IOException {
    Socket plain = new Socket();
    try {
      plain.setReceiveBufferSize(BUFFER);
      plain.setTcpNoDelay(true);
      plain.setSoTimeout(silenceMillis);
      plain.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), live.getPort()),
          CONNECT_MILLIS);
      Socket socket =
          live.getScheme().equals("wss")
              ? trust.getSocketFactory().createSocket(plain, live.getHost(), live.getPort(), true)
              : plain;
      RawSocket opened = new RawSocket(socket);
      opened.shakeHands(live);
      return opened;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }

  private void shakeHands(URI live) throws IOException {
    String key = Base64.getEncoder().encodeToString(new byte[16]);
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sightline.v1.json\r\nSec-WebSocket-Key: %s\r\n\r\n"
            .formatted(live.getPath(), live.getAuthority(), key);
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    String status = line();
    while (!line().isEmpty()) {
      // The headers say nothing that we need.
    }
    if (!status.contains(" 101 ")) {
      throw new IOException("the handshake was answered: " + status);
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.US_ASCII);
  }

  /** The next message or close, once it is whole; pings are answered. */
  Frame read() throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    while (true) {
      int first = in.readUnsignedByte();
      int opcode = first & 0x0f;
      byte[] payload = new byte[length()];
      in.readFully(payload);
      if (opcode == PING) {
        send(PONG, payload);
      } else if (opcode == CLOSE) {
        return new Frame(CLOSE, payload);
      } else if (opcode != PONG) {
        whole.write(payload);
        if ((first & LAST) != 0) {
          return new Frame(TEXT, whole.toByteArray());
        }
      }
    }
  }

  private int length() throws IOException {
    int length = in.readUnsignedByte();
    if (length == 126) {
      return in.readUnsignedShort();
    }
    return length == 127 ? Math.toIntExact(in.readLong()) : length;
  }

  void send(String text) throws IOException {
    send(TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Masked with zeros, which leave it as it is; of up to 64 KiB. */
  private void send(int opcode, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream(8 + payload.length);
    frame.write(LAST | opcode);
    if (payload.length < 126) {
      frame.write(MASKED | payload.length);
    } else {
      frame.write(MASKED | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    out.write(frame.toByteArray());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package sightline.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A connection to the MQTT port that says what it likes. Owned by the test. */
final class RawClient implements AutoCloseable {
  private static final int WAIT_MILLIS = 20_000;

  private final Socket socket;

  RawClient(EmbeddedBroker broker) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), broker.port());
    socket.setSoTimeout(WAIT_MILLIS);
  }

  RawClient say(byte... bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  RawClient say(String text) throws IOException {
    return say(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** The next byte. */
  int read() throws IOException {
    return socket.getInputStream().read();
  }

  /** The next byte; -1 where it is ended. */
  int readOrEnd() throws IOException {
    try {
      return read();
    } catch (SocketException e) {
      return -1;
    }
  }

  /** Whether it is ended, whatever it is sent before. */
  boolean ended() throws IOException {
    try {
      while (true) {
        if (socket.getInputStream().read() < 0) {
          return true;
        }
      }
    } catch (SocketException e) {
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  /** How many of so many bytes it could send before it was ended. */
  long pour(long most) throws IOException {
    byte[] bytes = new byte[64 * 1024];
    long sent = 0;
    try {
      while (sent < most) {
        socket.getOutputStream().write(bytes);
        sent += bytes.length;
      }
    } catch (SocketException e) {
      return sent;
    }
    return sent;
  }

  /** MQTT 3.1.1, clean session. */
  static byte[] connect(String clientId) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, "MQTT");
    body.writeBytes(new byte[] {4, 2, 0, 60});
    text(body, clientId);
    return packet(0x10, body.toByteArray());
  }

  /** QoS 1. */
  static byte[] publish(String topic, byte[] payload) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, topic);
    body.writeBytes(new byte[] {0, 1});
    body.writeBytes(payload);
    return packet(0x32, body.toByteArray());
  }

  static byte[] packet(int first, byte[] body) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(first);
    int left = body.length;
    do {
      packet.write(left % 128 | (left > 127 ? 0x80 : 0));
      left /= 128;
    } while (left > 0);
    packet.writeBytes(body);
    return packet.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes.length >> 8);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

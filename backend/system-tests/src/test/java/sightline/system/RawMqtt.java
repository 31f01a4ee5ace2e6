package sightline.system;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/** MQTT 3.1.1 by hand, so that anything can be said, right or wrong. Owned by one thread. */
final class RawMqtt implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;
  private static final int CONNACK = 2;
  private static final int PUBLISH = 3;
  private static final int PUBACK = 4;

  private final Socket socket;
  private final DataInputStream in;
  private final Queue<byte[]> publishes = new ArrayDeque<>();
  private int packetId;

  /** Only a TCP connection. */
  RawMqtt(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  /** A client that is connected, with a clean session. */
  RawMqtt(int port, String clientId) throws IOException {
    this(port);
    say(connect(clientId));
    awaitPacket(CONNACK);
  }

  static byte[] connect(String clientId) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    string(body, "MQTT".getBytes(StandardCharsets.UTF_8));
    body.writeBytes(new byte[] {4, 2, 0, 0});
    string(body, clientId.getBytes(StandardCharsets.UTF_8));
    return packet(0x10, body.toByteArray());
  }

  static byte[] publish(byte[] topic, byte[] payload, int qos, int id) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    string(body, topic);
    if (qos > 0) {
      body.write(id >> 8);
      body.write(id);
    }
    body.writeBytes(payload);
    return packet(0x30 | qos << 1, body.toByteArray());
  }

  static byte[] packet(int first, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    int left = body.length;
    do {
      int digit = left % 128;
      left /= 128;
      out.write(left > 0 ? digit | 0x80 : digit);
    } while (left > 0);
    out.writeBytes(body);
    return out.toByteArray();
  }

  private static void string(ByteArrayOutputStream out, byte[] text) {
    out.write(text.length >> 8);
    out.write(text.length);
    out.writeBytes(text);
  }

  void say(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** QoS 0. */
  void publish(String topic, String payload) throws IOException {
    publish(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  /** QoS 0. */
  void publish(String topic, byte[] payload) throws IOException {
    say(publish(topic.getBytes(StandardCharsets.UTF_8), payload, 0, 0));
  }

  /** QoS 1; returns once the broker has taken it. */
  void publishAndWait(String topic, String payload) throws IOException {
    publishAndWait(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  void publishAndWait(String topic, byte[] payload) throws IOException {
    packetId = packetId % 65_535 + 1;
    say(publish(topic.getBytes(StandardCharsets.UTF_8), payload, 1, packetId));
    awaitPacket(PUBACK);
  }

  void subscribe(String filter) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0, 1});
    string(body, filter.getBytes(StandardCharsets.UTF_8));
    body.write(0);
    say(packet(0x82, body.toByteArray()));
    awaitPacket(9);
  }

  /** The text of the next publish, topic and payload. */
  String received() throws IOException {
    byte[] earlier = publishes.poll();
    return new String(earlier == null ? awaitPacket(PUBLISH) : earlier, StandardCharsets.UTF_8);
  }

  /** The body of the next packet of a type, publishes before it kept. */
  private byte[] awaitPacket(int type) throws IOException {
    while (true) {
      int first = in.readUnsignedByte();
      int length = 0;
      int shift = 0;
      int digit;
      do {
        digit = in.readUnsignedByte();
        length |= (digit & 0x7f) << shift;
        shift += 7;
      } while ((digit & 0x80) != 0);
      byte[] body = in.readNBytes(length);
      if (first >> 4 == type) {
        return body;
      }
      if (first >> 4 == PUBLISH) {
        publishes.add(body);
      }
    }
  }

  /** Whether the broker closes the connection within the time that a test waits. */
  boolean isClosed() throws IOException {
    try {
      while (true) {
        in.readUnsignedByte();
      }
    } catch (EOFException | SocketException e) {
      return true;
    } catch (java.net.SocketTimeoutException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

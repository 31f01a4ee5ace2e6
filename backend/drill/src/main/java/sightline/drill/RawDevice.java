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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * An MQTT 3.1.1 client by hand, which publishes what no honest client would. One thread publishes,
 * its own reads.
 */
final class RawDevice implements AutoCloseable {
  private static final int CONNECT = 0x10;
  private static final int CONNACK = 0x20;
  private static final int PUBLISH = 0x30;
  private static final int PUBACK = 0x40;
  private static final int SUBSCRIBE = 0x82;
  private static final int CLEAN_SESSION = 0x02;

  /** A will of QoS 1 that is retained. */
  private static final int WILL = 0x04 | 0x08 | 0x20;

  private static final int RETAIN = 0x01;
  private static final int KEEP_ALIVE_SECONDS = 600;
  private static final int CONNECT_MILLIS = 5_000;

  private final Socket socket = new Socket();
  private final OutputStream out;
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final CountDownLatch ended = new CountDownLatch(1);
  private int packet;

  /**
   * Connects with a clean session.
   *
   * @param received called with topic and payload of each message, on the reading thread
   * @throws IOException where the broker refuses it, or is away
   */
  RawDevice(URI broker, String id, BiConsumer<String, byte[]> received) throws IOException {
    this(broker, id, "", received);
  }

  /**
   * The same with a last will.
   *
   * @param will a status, retained; empty for none
   */
  RawDevice(URI broker, String id, String will, BiConsumer<String, byte[]> received)
      throws IOException {
    socket.setTcpNoDelay(true);
    try {
      socket.connect(
          new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), broker.getPort()),
          CONNECT_MILLIS);
      out = socket.getOutputStream();
      DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      text(body, "MQTT");
      body.write(4);
      body.write(will.isEmpty() ? CLEAN_SESSION : CLEAN_SESSION | WILL);
      number(body, KEEP_ALIVE_SECONDS);
      text(body, id);
      if (!will.isEmpty()) {
        text(body, "devices/" + id + "/status");
        text(body, will);
      }
      send(CONNECT, body.toByteArray());
      if (in.readUnsignedByte() != CONNACK) {
        throw new IOException("no CONNACK");
      }
      byte[] answer = in.readNBytes(length(in));
      if (answer[1] != 0) {
        throw new IOException("refused with " + answer[1]);
      }
      Thread.ofPlatform().daemon().name("raw-device").start(() -> read(in, received));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  /** Publishes bytes that may mean nothing. */
  synchronized void publish(String topic, byte[] payload, int qos, boolean retained)
      throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream(payload.length + 80);
    text(body, topic);
    if (qos > 0) {
      number(body, nextPacket());
    }
    body.writeBytes(payload);
    send(PUBLISH | (qos << 1) | (retained ? RETAIN : 0), body.toByteArray());
  }

  synchronized void subscribe(String filter) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    number(body, nextPacket());
    text(body, filter);
    body.write(1);
    send(SUBSCRIBE, body.toByteArray());
  }

  /** How many PUBACKs came. */
  int acknowledged() {
    return acknowledged.get();
  }

  boolean isOpen() {
    return ended.getCount() > 0;
  }

  /** Waits until the broker ends the connection. */
  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  private int nextPacket() {
    packet = packet % 0xffff + 1;
    return packet;
  }

  private void read(DataInputStream in, BiConsumer<String, byte[]> received) {
    try {
      while (true) {
        int type = in.readUnsignedByte();
        byte[] body = in.readNBytes(length(in));
        if ((type & 0xf0) == PUBACK) {
          acknowledged.incrementAndGet();
        } else if ((type & 0xf0) == PUBLISH) {
          deliver(type, body, received);
        }
      }
    } catch (IOException e) {
      ended.countDown();
    }
  }

  private void deliver(int type, byte[] body, BiConsumer<String, byte[]> received)
      throws IOException {
    int topicLength = ((body[0] & 0xff) << 8) | (body[1] & 0xff);
    int at = 2 + topicLength;
    if ((type & 0x06) != 0) {
      synchronized (this) {
        send(PUBACK, new byte[] {body[at], body[at + 1]});
      }
      at += 2;
    }
    byte[] payload = new byte[body.length - at];
    System.arraycopy(body, at, payload, 0, payload.length);
    received.accept(new String(body, 2, topicLength, StandardCharsets.UTF_8), payload);
  }

  private void send(int type, byte[] body) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream(body.length + 5);
    whole.write(type);
    int left = body.length;
    do {
      whole.write(left > 127 ? (left & 0x7f) | 0x80 : left);
      left >>>= 7;
    } while (left > 0);
    whole.writeBytes(body);
    out.write(whole.toByteArray());
  }

  private static int length(DataInputStream in) throws IOException {
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.readUnsignedByte();
      length |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return length;
      }
    }
  }

  private static void text(ByteArrayOutputStream body, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(body, bytes.length);
    body.writeBytes(bytes);
  }

  private static void number(ByteArrayOutputStream body, int number) {
    body.write(number >> 8);
    body.write(number);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

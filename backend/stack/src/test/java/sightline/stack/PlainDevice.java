package sightline.stack;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A stock device, by MQTT 3.1.1 at QoS 1, that knows nothing of answers: it publishes one event
 * after the other, and sends again what was not PUBACKed. Its thread owns its socket.
 */
final class PlainDevice implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final long BETWEEN_NANOS = 10_000_000;
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int CONNACK = 2;
  private static final int PUBACK = 4;
  private static final int PUBLISH_QOS_1 = 0x32;
  private static final int DUPLICATE = 0x08;

  private final String id;
  private final int port;
  private final Thread thread;
  private final List<String> acknowledged = new ArrayList<>();
  private volatile int sent;
  private volatile boolean stopping;

  /** It publishes from now on, to a broker on loopback. */
  PlainDevice(String id, int port) {
    this.id = id;
    this.port = port;
    thread = Thread.ofPlatform().daemon().name(id).start(this::run);
  }

  /** The ids of the events that the broker has PUBACKed, in their order. */
  List<String> acknowledged() {
    synchronized (acknowledged) {
      return List.copyOf(acknowledged);
    }
  }

  /** How many events were given to the socket. */
  int sent() {
    return sent;
  }

  /** No more; returns once nothing is under way. */
  void stop() throws InterruptedException {
    stopping = true;
    thread.join();
  }

  @Override
  public void close() {
    stopping = true;
  }

  private void run() {
    boolean again = false;
    while (!stopping) {
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        socket.getOutputStream().write(connect(id, KEEP_ALIVE_SECONDS));
        await(in, CONNACK);
        while (!stopping) {
          String event = id + "-" + acknowledged().size();
          sent = acknowledged().size() + 1;
          socket.getOutputStream().write(publish(event, again ? DUPLICATE : 0));
          again = true;
          await(in, PUBACK);
          again = false;
          synchronized (acknowledged) {
            acknowledged.add(event);
          }
          LockSupport.parkNanos(BETWEEN_NANOS);
        }
      } catch (IOException e) {
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
    }
  }

  /** Its session stays at the broker. */
  static byte[] connect(String id, int keepAliveSeconds) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    string(body, "MQTT");
    body.writeBytes(new byte[] {4, 0, 0, (byte) keepAliveSeconds});
    string(body, id);
    return packet(0x10, body.toByteArray());
  }

  private byte[] publish(String event, int flags) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    string(body, "devices/" + id + "/events");
    body.writeBytes(new byte[] {0, 1});
    body.writeBytes(
        "{\"id\":\"%s\",\"timestamp\":%d,\"type\":\"trigger\"}"
            .formatted(event, System.currentTimeMillis())
            .getBytes(StandardCharsets.UTF_8));
    return packet(PUBLISH_QOS_1 | flags, body.toByteArray());
  }

  static byte[] packet(int first, byte[] body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first);
    for (int left = body.length; ; left /= 128) {
      out.write(left < 128 ? left : left % 128 | 0x80);
      if (left < 128) {
        break;
      }
    }
    out.writeBytes(body);
    return out.toByteArray();
  }

  static void string(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.write(bytes.length >> 8);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }

  /** Both packets that a device is sent here are short. */
  static void await(DataInputStream in, int type) throws IOException {
    int first = in.readUnsignedByte();
    in.readNBytes(in.readUnsignedByte());
    if (first >> 4 != type) {
      throw new IOException("not what was waited for: " + first);
    }
  }
}

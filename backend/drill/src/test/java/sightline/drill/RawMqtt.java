package sightline.drill;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** MQTT 3.1.1 by hand, for what no client library would send. Belongs to one thread. */
final class RawMqtt implements AutoCloseable {
  private final Socket socket;
  private final OutputStream out;
  private int packet;

  RawMqtt(int port, String clientId) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    out = socket.getOutputStream();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    field(body, "MQTT".getBytes(StandardCharsets.UTF_8));
    body.writeBytes(new byte[] {4, 2, 0, 60});
    field(body, clientId.getBytes(StandardCharsets.UTF_8));
    send(0x10, body.toByteArray());
    read(4);
  }

  /** QoS 1; returns once the broker has it. */
  void publish(String topic, byte[] payload) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    field(body, topic.getBytes(StandardCharsets.UTF_8));
    packet = packet % 60_000 + 1;
    body.write(packet >> 8);
    body.write(packet);
    body.writeBytes(payload);
    send(0x32, body.toByteArray());
    read(4);
  }

  private void send(int type, byte[] body) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(type);
    int length = body.length;
    do {
      whole.write(length > 127 ? (length & 127) | 128 : length);
      length >>= 7;
    } while (length > 0);
    whole.writeBytes(body);
    out.write(whole.toByteArray());
    out.flush();
  }

  private void read(int bytes) throws IOException {
    if (socket.getInputStream().readNBytes(bytes).length < bytes) {
      throw new IOException("the broker closed the connection");
    }
  }

  private static void field(ByteArrayOutputStream to, byte[] text) {
    to.write(text.length >> 8);
    to.write(text.length);
    to.writeBytes(text);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

package sightline.bridge;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An MQTT 3.1.1 client with a last will as the seed's, whose connection breaks when closed. */
final class Mortal implements AutoCloseable {
  private final Socket socket;

  /** Connected once the broker has answered. */
  Mortal(int port, String id, String will) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    text(body, "MQTT");
    body.writeBytes(new byte[] {4, 0x02 | 0x04 | 0x08 | 0x20, 0, 60});
    text(body, id);
    text(body, "devices/" + id + "/status");
    text(body, will);
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(new byte[] {0x10, (byte) body.size()});
    socket.getOutputStream().write(body.toByteArray());
    if (socket.getInputStream().readNBytes(4)[3] != 0) {
      throw new IOException("the broker refused it");
    }
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

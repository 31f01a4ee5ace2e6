package sightline.stack;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * So many units, each a connection without TLS, that publish by QoS 0 and count what they did.
 * Owned by the test's thread.
 */
final class Units implements AutoCloseable {
  private static final int CONNACK = 2;

  /** They are silent for longer than any: only what is cut ends. */
  private static final int NO_KEEP_ALIVE = 0;

  private static final int PUBLISH = 0x30;

  private final String prefix;
  private final List<Socket> sockets = new ArrayList<>();
  private int published;

  /** Connected, with the broker's answer. */
  Units(String prefix, int count, int port) throws IOException {
    this.prefix = prefix;
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      sockets.add(socket);
      socket.getOutputStream().write(PlainDevice.connect(prefix + i, NO_KEEP_ALIVE));
      PlainDevice.await(new DataInputStream(socket.getInputStream()), CONNACK);
    }
  }

  /** Each publishes so many positions. */
  void publish(int each) throws IOException {
    for (int n = 0; n < each; n++) {
      long time = System.currentTimeMillis();
      for (int i = 0; i < sockets.size(); i++) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        PlainDevice.string(body, "devices/" + prefix + i + "/location");
        body.writeBytes(
            "{\"timestamp\":%d,\"lat\":47.1,\"lon\":9.5,\"seq\":%d}"
                .formatted(time, n)
                .getBytes(StandardCharsets.UTF_8));
        sockets.get(i).getOutputStream().write(PlainDevice.packet(PUBLISH, body.toByteArray()));
        published++;
      }
    }
  }

  int published() {
    return published;
  }

  /** Ends each connection without a word; gives how many. */
  int cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    int cut = sockets.size();
    sockets.clear();
    return cut;
  }

  @Override
  public void close() throws IOException {
    cut();
  }
}

package sightline.bridge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A real Mosquitto on a free port, bounded as production's is; ended when closed. */
final class MosquittoServer implements AutoCloseable {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Path folder;
  private final int port;
  private final Process process;

  MosquittoServer(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path file = folder.resolve("mosquitto.conf");
    Files.writeString(
        file,
        """
        listener %d 127.0.0.1
        protocol mqtt
        user %s
        allow_anonymous true
        max_packet_size 262144
        max_inflight_messages 65535
        max_queued_messages 0
        set_tcp_nodelay true
        sys_interval 1
        """
            .formatted(port, System.getProperty("user.name")));
    process =
        new ProcessBuilder("mosquitto", "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    awaitListening();
  }

  private void awaitListening() throws IOException {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - deadline > 0) {
          throw new IOException("mosquitto: " + Files.readString(folder.resolve("log")), e);
        }
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}

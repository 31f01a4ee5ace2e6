package sightline.app;

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
final class Mosquitto implements AutoCloseable {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Path folder;
  private final int port;
  private Process process;

  Mosquitto(Path folder) throws IOException {
    this(folder, "allow_anonymous true");
  }

  /** With more lines of its configuration, which belong to its one listener. */
  Mosquitto(Path folder, String more) throws IOException {
    this.folder = Files.createDirectories(folder.resolve("mosquitto"));
    port = freePort();
    Files.writeString(
        this.folder.resolve("mosquitto.conf"),
        """
        listener %d 127.0.0.1
        user %s
        persistence true
        persistence_location %s/
        max_inflight_messages 65535
        max_queued_messages 0
        sys_interval 1
        %s
        """
            .formatted(port, System.getProperty("user.name"), this.folder, more));
    process = launch();
  }

  static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private Process launch() throws IOException {
    Process started =
        new ProcessBuilder("mosquitto", "-c", folder.resolve("mosquitto.conf").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return started;
      } catch (IOException e) {
        if (!started.isAlive() || System.nanoTime() > deadline) {
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

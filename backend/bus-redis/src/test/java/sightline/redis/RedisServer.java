package sightline.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;

/** A real redis-server on a free port, with a folder of its own; ended when closed. */
public final class RedisServer implements AutoCloseable {
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final Path folder;
  private final int port;
  private Process process;

  private RedisServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
    process = launch();
  }

  /** Starts one that answers. */
  public static RedisServer start() {
    try {
      return new RedisServer(Files.createTempDirectory("sightline-redis-"), freePort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  private Process launch() {
    List<String> command =
        List.of(
            "redis-server",
            "--port",
            String.valueOf(port),
            "--bind",
            "127.0.0.1",
            "--dir",
            folder.toString(),
            "--save",
            "",
            "--enable-debug-command",
            "no");
    try {
      Process started =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
              .start();
      awaitPort(started);
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitPort(Process started) throws IOException {
    long deadline = System.nanoTime() + DEADLINE_NANOS;
    while (true) {
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
        return;
      } catch (IOException e) {
        if (!started.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("redis-server: " + Files.readString(folder.resolve("log")), e);
        }
        LockSupport.parkNanos(5_000_000);
      }
    }
  }

  /** How it is reached. */
  public RedisSettings settings() {
    return settings(RedisSettings.DEFAULT.timeout());
  }

  /** The same with another patience: on a busy machine a second is soon over. */
  public RedisSettings settings(Duration timeout) {
    RedisSettings d = RedisSettings.DEFAULT;
    return new RedisSettings(
        "redis://127.0.0.1:" + port,
        "",
        null,
        d.prefix(),
        timeout,
        d.queueCommands(),
        d.leaseFor());
  }

  /** Its TCP port. */
  public int port() {
    return port;
  }

  /** Kills it with -9. */
  public void kill() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Starts it again, with what it saved. */
  public void startAgain() {
    process = launch();
  }

  /** Stops (STOP) or resumes (CONT) its process. */
  public void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("kill -" + name + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs commands on a connection of their own. */
  public <T> T ask(Function<RedisCommands<String, String>, T> commands) {
    RedisURI address = RedisURI.create("redis://127.0.0.1:" + port);
    address.setTimeout(Duration.ofSeconds(10));
    try (RedisClient client = RedisClient.create(address);
        var connection = client.connect()) {
      return commands.apply(connection.sync());
    }
  }

  @Override
  public void close() {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

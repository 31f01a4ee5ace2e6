package sightline.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Mosquitto's own clients, as anyone has them. */
final class Stock {
  private static final long DEADLINE_SECONDS = 20;

  private Stock() {}

  /** Publishes and returns once the client has ended. */
  static void publish(int port, String topic, String payload, String... more) throws Exception {
    Process process =
        start(
            port,
            "mosquitto_pub",
            Stream.concat(Stream.of("-t", topic, "-m", payload), Stream.of(more)));
    assertTrue(process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS), "mosquitto_pub hangs");
    assertEquals(0, process.exitValue());
  }

  private static Process start(int port, String client, Stream<String> arguments)
      throws IOException {
    // Into a pipe the client would keep what it prints until a message comes.
    List<String> command =
        new ArrayList<>(List.of("stdbuf", "-oL", client, "-h", "127.0.0.1", "-p", "" + port));
    arguments.forEach(command::add);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  /** A {@code mosquitto_sub} and what it prints; killed with -9 when closed. */
  static final class Subscriber implements AutoCloseable {
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    /** Starts it and waits until the broker has granted its subscription. */
    Subscriber(int port, String... arguments) throws Exception {
      process =
          start(port, "mosquitto_sub", Stream.concat(Stream.of("-d", "-v"), Stream.of(arguments)));
      Thread.ofPlatform().daemon().name("mosquitto-sub").start(this::read);
      await("Subscribed (mid");
    }

    private void read() {
      try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
        output.lines().forEach(lines::add);
      } catch (IOException | java.io.UncheckedIOException e) {
        lines.add("ended: " + e);
      }
    }

    boolean runs() {
      return process.isAlive();
    }

    /** The next line that begins so. */
    String await(String beginning) throws InterruptedException {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
      while (true) {
        String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (line == null) {
          throw new AssertionError("mosquitto_sub printed no line that begins with " + beginning);
        }
        if (line.startsWith(beginning)) {
          return line;
        }
      }
    }

    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }
  }
}

package sightline.bench;

import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The system with every role in one process, started on free ports and a data directory of its own,
 * both gone afterwards. Belongs to the bench's main thread.
 */
final class UpProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 50;

  private final Path folder;
  private final Child child;
  private final ReadyFile ready;

  /**
   * @param command what runs the program, to which {@code up} and its options are added
   */
  UpProcess(List<String> command) throws IOException, InterruptedException {
    folder = Files.createTempDirectory("sightline-bench");
    Path readyFile = folder.resolve("ready.json");
    File log = folder.resolve("up.log").toFile();
    List<String> line = new ArrayList<>(command);
    line.addAll(List.of("up", "--port", "0", "--mqtt-port", "0", "--data"));
    line.add(folder.resolve("data").toString());
    line.addAll(List.of("--ready-file", readyFile.toString()));
    child =
        new Child(
            new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log),
            () -> Folder.remove(folder));
    try {
      ready = awaitReady(readyFile, log);
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  private ReadyFile awaitReady(Path file, File log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!Files.exists(file)) {
      boolean ended = child.process().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (ended || System.nanoTime() > deadline) {
        throw new IOException(
            (ended ? "`up` ended before it was ready:\n" : "`up` was not ready in 60 s:\n")
                + Files.readString(log.toPath()));
      }
    }
    return ReadyFile.read(file);
  }

  ReadyFile ready() {
    return ready;
  }

  Target.Sightline target(MqttVersion version) {
    return new Target.Sightline(
        "sightline", ready.mqtt(), ready.http(), "/live", List.of(ready.pid()), version, null);
  }

  @Override
  public void close() {
    child.close();
  }
}

package sightline.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that the bench started, ended with the bench whatever happens. Thread-safe: a shutdown
 * hook ends it too.
 */
final class Child implements AutoCloseable {
  private static final long STOP_SECONDS = 90;

  private final Process process;
  private final Runnable afterwards;
  private final Thread hook = new Thread(this::stop, "stop-child");

  /**
   * @param afterwards run once it has ended
   */
  Child(ProcessBuilder builder, Runnable afterwards) throws IOException {
    this.afterwards = afterwards;
    process = builder.start();
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** A command that runs a main class on this JVM and class path. */
  static List<String> java(String heap, String mainClass) {
    return new ArrayList<>(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseSerialGC",
            "-Xmx" + heap,
            "-cp",
            System.getProperty("java.class.path"),
            mainClass));
  }

  Process process() {
    return process;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The JVM is going down, and the hook does it.
    }
    stop();
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    afterwards.run();
  }
}

package sightline.drill;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The whole of Sightline in one process, killed and started again on the same ports and data. Owned
 * by the thread that drills; a hook ends it with this JVM.
 */
public final class UpProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final long POLL_MILLIS = 20;

  private final Program program;
  private final Path folder;
  private final Map<String, String> variables;
  private final Path readyFile;
  private final Thread hook = new Thread(this::destroy, "end-up");
  private volatile @Nullable Process process;
  private @Nullable Endpoints endpoints;

  /**
   * Not started yet.
   *
   * @param folder for its data, log and ready file
   * @param variables more of its environment
   */
  public UpProcess(Program program, Path folder, Map<String, String> variables) {
    this.program = program;
    this.folder = folder;
    this.variables = Map.copyOf(variables);
    readyFile = folder.resolve("ready.json");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Where everything is kept. */
  public Path data() {
    return folder.resolve("data");
  }

  /** What it printed, over all its lives. */
  public File log() {
    return folder.resolve("up.log").toFile();
  }

  /** Starts it, on free ports the first time and on the same ones after; returns at once. */
  public void launch() throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(readyFile);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "up",
                "--port",
                String.valueOf(endpoints == null ? 0 : endpoints.http().getPort()),
                "--mqtt-port",
                String.valueOf(endpoints == null ? 0 : endpoints.mqtt().getPort()),
                "--data",
                data().toString(),
                "--ready-file",
                readyFile.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(program.command(arguments))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.appendTo(log()));
    builder.environment().keySet().removeIf(name -> name.startsWith("SIGHTLINE_"));
    builder.environment().putAll(variables);
    process = builder.start();
  }

  /**
   * Waits until it says that it is ready.
   *
   * @throws IOException where it ended before, with what it printed
   */
  public Endpoints awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!Files.exists(readyFile)) {
      boolean ended = running().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (ended || System.nanoTime() - deadline > 0) {
        throw new IOException(
            (ended ? "`up` ended before it was ready:\n" : "`up` was not ready in time:\n")
                + Files.readString(log().toPath()));
      }
    }
    endpoints = Endpoints.read(readyFile);
    return endpoints;
  }

  /** Starts it and waits until it is ready. */
  public Endpoints start() throws IOException, InterruptedException {
    launch();
    return awaitReady();
  }

  /** The process itself, under a tracer its own child. */
  public ProcessHandle handle() {
    ProcessHandle started = running().toHandle();
    return program.wrapper().isEmpty() ? started : started.children().findFirst().orElse(started);
  }

  /** Ends it with SIGKILL, as {@code kill -9} does; it is gone when this returns. */
  public void kill() throws InterruptedException {
    handle().destroyForcibly();
    running().waitFor();
  }

  /**
   * Ends it with SIGTERM.
   *
   * @return its exit code
   * @throws IOException where it does not end in time
   */
  public int stop() throws IOException, InterruptedException {
    handle().destroy();
    if (!running().waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("`up` did not stop within " + STOP.toSeconds() + " s of SIGTERM");
    }
    return running().exitValue();
  }

  /** Whether it runs. */
  public boolean isAlive() {
    Process started = process;
    return started != null && started.isAlive();
  }

  /** Ends it with SIGKILL where it still runs; its files stay. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // This JVM is going down, and the hook does it.
    }
    destroy();
  }

  private void destroy() {
    Process started = process;
    if (started != null) {
      started.descendants().forEach(ProcessHandle::destroyForcibly);
      started.destroyForcibly();
      try {
        started.waitFor();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Process running() {
    Process started = process;
    if (started == null) {
      throw new IllegalStateException("`up` was not started");
    }
    return started;
  }
}

package sightline.drill;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * `sightline stack`, with two gateways and two bridges, in a folder that its servers' users can get
 * to. Owned by the thread that drills; a hook ends it with this JVM.
 */
final class StackProcess implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(4);
  private static final Duration STOP = Duration.ofSeconds(90);
  private static final Duration ANSWER = Duration.ofSeconds(2);
  private static final long POLL_MILLIS = 20;

  /** What it says last, once all is ready. */
  private static final String READY = "Ctrl-C stops it all.";

  private final Path folder;
  private final Process process;
  private final Thread hook = new Thread(this::end, "end-stack");
  private final HttpClient admin = HttpClient.newHttpClient();

  private final int units;

  private StackProcess(Path folder, Process process, int units) {
    this.folder = folder;
    this.units = units;
    this.process = process;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Starts one and waits until it is ready.
   *
   * @param units of a simulated fleet beside the drill's own devices
   * @throws IOException where it ended before, with what it printed
   */
  static StackProcess start(int units) throws IOException, InterruptedException {
    return start(units, false);
  }

  /**
   * The same.
   *
   * @param clocks whether each part's clock is what a file {@code clock/NAME} says, an offset in
   *     seconds
   */
  static StackProcess start(int units, boolean clocks) throws IOException, InterruptedException {
    Path folder =
        Files.createTempDirectory(
            Path.of("/var/tmp"),
            "sightline-drill-",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    List<String> arguments =
        new ArrayList<>(List.of("--gateways", "2", "--bridges", "2", "--plain"));
    arguments.addAll(List.of("--simulate", String.valueOf(units), "--dir", folder.toString()));
    if (clocks) {
      arguments.add("--step-clocks");
    }
    ProcessBuilder builder =
        new ProcessBuilder(Program.stack(arguments))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(folder.resolve("stack.log").toFile()));
    builder.environment().keySet().removeIf(name -> name.startsWith("SIGHTLINE_"));
    StackProcess started = new StackProcess(folder, builder.start(), units);
    started.awaitReady();
    return started;
  }

  private void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START.toNanos();
    while (!Files.readString(log().toPath()).contains(READY)) {
      boolean ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      if (ended || System.nanoTime() - deadline > 0) {
        String said = Files.readString(log().toPath());
        close();
        throw new IOException("the stack was not ready:\n" + said);
      }
    }
  }

  /** How many of its simulated fleet there are. */
  int units() {
    return units;
  }

  Path folder() {
    return folder;
  }

  /** What the supervisor printed. */
  File log() {
    return folder.resolve("stack.log").toFile();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  StackParts parts() throws IOException {
    return StackParts.read(folder.resolve("stack.json"));
  }

  /** Keeps a part that ends from being started again, until {@link #release}. */
  void hold(String part) throws IOException {
    Files.createDirectories(folder.resolve("hold"));
    Files.writeString(folder.resolve("hold").resolve(part), "");
  }

  void release(String part) throws IOException {
    Files.deleteIfExists(folder.resolve("hold").resolve(part));
  }

  /** Whether a role says that it is ready. */
  boolean isReady(StackParts.Part role) throws InterruptedException {
    return answer(role, "/readyz") != null;
  }

  /** The sum of a role's samples whose lines begin so; 0 where it does not answer. */
  double metric(StackParts.Part role, String beginning) throws InterruptedException {
    return metrics(role)
        .lines()
        .filter(line -> line.startsWith(beginning))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** The same, of all roles of a kind. */
  double metric(String kind, String beginning) throws IOException, InterruptedException {
    double sum = 0;
    for (StackParts.Part role : parts().of(kind)) {
      sum += metric(role, beginning);
    }
    return sum;
  }

  /** What a role's metrics say, or an empty text where it does not answer. */
  String metrics(StackParts.Part role) throws InterruptedException {
    String said = answer(role, "/metrics");
    return said == null ? "" : said;
  }

  private @Nullable String answer(StackParts.Part role, String path) throws InterruptedException {
    try {
      var answer =
          admin.send(
              HttpRequest.newBuilder(URI.create(role.admin() + path)).timeout(ANSWER).build(),
              BodyHandlers.ofString());
      return answer.statusCode() == 200 ? answer.body() : null;
    } catch (IOException e) {
      return null;
    }
  }

  /** Ends it; gives its exit code. */
  int stop() throws IOException, InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("the stack did not stop within " + STOP.toSeconds() + " s of SIGTERM");
    }
    return process.exitValue();
  }

  /** Removes its folder. */
  void forget() throws IOException {
    Folders.remove(folder);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // This JVM is going down, and the hook does it.
    }
    admin.shutdownNow();
    end();
  }

  /** By SIGTERM: only the supervisor knows what belongs to it. */
  private void end() {
    try {
      process.destroy();
      if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

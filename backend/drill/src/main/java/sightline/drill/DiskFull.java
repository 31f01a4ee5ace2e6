package sightline.drill;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * History on a small file system of its own that fills up: events must wait unanswered, and be
 * recorded once there is room. Owned by the thread that drills.
 */
final class DiskFull extends StackSite {
  private static final String PART = "postgres";
  private static final int ROOM_MIB = 48;
  private static final int[] BLOCKS = {1024 * 1024, 4096};
  private static final Duration GONE = Duration.ofSeconds(30);
  private static final Duration STALLED = Duration.ofSeconds(40);
  private static final long LASTS_MILLIS = 6_000;

  private final StackProcess stack;
  private final Path folder;
  private final Path aside;
  private final List<String> failures = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private @Nullable Scene scene;
  private boolean mounted;

  DiskFull(StackProcess stack, Plan plan, RandomGenerator random) throws IOException {
    super(stack, plan.fault(), random);
    this.stack = stack;
    folder = stack.folder().resolve("servers").resolve(PART);
    aside = stack.folder().resolve("aside");
  }

  @Override
  public void begin(Scene newScene) throws IOException, InterruptedException {
    scene = newScene;
    if (!System.getProperty("user.name").equals("root") || !Files.isDirectory(folder)) {
      throw new DrillStuck("disk-full needs root, to mount a small file system");
    }
    away();
    run("cp", "-a", folder.toString(), aside.toString());
    long mebibytes = size(aside) / 1024 / 1024 + ROOM_MIB;
    run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
    mounted = true;
    run("cp", "-a", aside + "/.", folder.toString());
    stack.release(PART);
  }

  private static long size(Path of) throws IOException {
    try (Stream<Path> files = Files.walk(of)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private void away() throws IOException, InterruptedException {
    stack.hold(PART);
    StackParts.Part part = stack.parts().named(PART);
    Signal.TERM.toAll(part.pid());
    Signal.KILL.to(part.pid());
    if (!Crowd.reached(GONE, () -> ProcessHandle.of(part.pid()).isEmpty())) {
      throw new DrillStuck(PART + " did not end");
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new DrillStuck(String.join(" ", command) + " did not work");
    }
  }

  @Override
  public void aim() {
    // There is one history.
  }

  @Override
  public void strike() throws IOException, InterruptedException {
    fill();
    Ledger ledger = Objects.requireNonNull(scene).ledger();
    int[] last = {ledger.acknowledgedCount()};
    long from = System.nanoTime();
    boolean stalled =
        Crowd.reached(
            STALLED,
            () -> {
              fill();
              int before = last[0];
              last[0] = ledger.acknowledgedCount();
              pause();
              return ledger.acknowledgedCount() == before && last[0] == before;
            });
    lines.add(
        "history's disk full: no answers after %s; %d events wait"
            .formatted(Freshness.seconds(System.nanoTime() - from), ledger.waitingCount()));
    if (!stalled) {
      failures.add("events were still answered with history's disk full");
    }
    int answered = ledger.acknowledgedCount();
    Thread.sleep(LASTS_MILLIS);
    lines.add(
        "%d answered in the next %d s; %d events wait; the bridge says: %s"
            .formatted(
                ledger.acknowledgedCount() - answered,
                LASTS_MILLIS / 1_000,
                ledger.waitingCount(),
                said()));
  }

  private static void pause() {
    try {
      Thread.sleep(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  /** Until not one block more fits. */
  private void fill() {
    for (int block : BLOCKS) {
      try (OutputStream out =
          Files.newOutputStream(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        byte[] zeros = new byte[block];
        while (true) {
          out.write(zeros);
        }
      } catch (IOException e) {
        // Full for blocks of this size.
      }
    }
  }

  /** What the bridges' logs say of it last. */
  private String said() throws IOException {
    String said = "nothing of it";
    for (StackParts.Part bridge : stack.parts().of("bridge")) {
      Path log = stack.folder().resolve("log").resolve(bridge.name() + ".log");
      for (String line : Files.readAllLines(log)) {
        if (line.contains("space left")) {
          said = line.substring(Math.max(0, line.indexOf("ERROR:"))).strip();
        }
      }
    }
    return said;
  }

  @Override
  public void release() throws IOException {
    Files.deleteIfExists(ballast());
  }

  @Override
  public Observed observed() {
    return new Observed(lines, failures);
  }

  @Override
  public void close() throws IOException {
    try {
      if (mounted && stack.isAlive()) {
        away();
        Folders.remove(aside);
        run("cp", "-a", folder.toString(), aside.toString());
        run("umount", folder.toString());
        run("cp", "-a", aside + "/.", folder.toString());
        mounted = false;
        stack.release(PART);
      }
      Folders.remove(aside);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } finally {
      super.close();
    }
  }
}

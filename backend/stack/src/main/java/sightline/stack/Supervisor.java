package sightline.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Starts the parts, starts one that dies again, and stops all. One thread owns every process, and
 * lives as long as this: the system ends a process whose starting thread has ended.
 */
final class Supervisor implements AutoCloseable {
  private static final long LOG_BYTES = 10L * 1024 * 1024;
  private static final Duration LAST_WAIT = Duration.ofSeconds(2);
  private static final Duration HELD = Duration.ofMillis(100);
  private static final Duration SETTLED = Duration.ofSeconds(10);

  /** What is under way of a part. Owned by the supervisor's thread. */
  private static final class Live {
    final Part part;
    @Nullable Process process;
    long startedNanos;
    Duration wait;

    Live(Part part) {
      this.part = part;
      wait = part.startAgainAfter();
    }
  }

  private final ScheduledExecutorService owner =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().name("supervisor").unstarted(work));
  private final Path logs;
  private final Path holds;
  private final Duration stopWithin;
  private final Consumer<List<Running>> changed;
  private final StepClocks clocks;

  /** Owned by the supervisor's thread. */
  private final Map<String, Live> parts = new LinkedHashMap<>();

  /** Owned by the supervisor's thread. */
  private boolean closing;

  /** A part and its process. */
  record Running(Part part, long pid, Path log) {}

  /**
   * Nothing is started yet.
   *
   * @param logs a folder for a file a part
   * @param holds a folder: for as long as it has a file of a part's name, that part is not started
   * @param stopWithin what the parts of a tier have to stop in, before they are killed
   * @param clocks what each part's wall clock is
   * @param changed told on the supervisor's thread, each time a process is another one
   */
  Supervisor(
      Path logs,
      Path holds,
      Duration stopWithin,
      StepClocks clocks,
      Consumer<List<Running>> changed) {
    this.logs = logs;
    this.holds = holds;
    this.stopWithin = stopWithin;
    this.clocks = clocks;
    this.changed = changed;
  }

  /** Starts a part; returns once its process is there. */
  void start(Part part) {
    Live _ =
        await(
            owner.submit(
                () -> {
                  Live live = new Live(part);
                  parts.put(part.name(), live);
                  Files.deleteIfExists(holds.resolve(part.name()));
                  launch(live);
                  return live;
                }));
  }

  /** What runs now. */
  List<Running> running() {
    return await(owner.submit(this::list));
  }

  private void launch(Live live) {
    if (closing) {
      return;
    }
    if (Files.exists(holds.resolve(live.part.name()))) {
      launchAfter(live, HELD);
      return;
    }
    ProcessBuilder builder =
        new ProcessBuilder(Spawn.command(live.part, clocks.environment(live.part.name())))
            .directory(live.part.directory().toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("SIGHTLINE_"));
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      live.process = process;
      live.startedNanos = System.nanoTime();
      Thread.ofPlatform()
          .daemon()
          .name("log-" + live.part.name())
          .start(() -> copyLog(live.part, process));
      Future<?> _ = process.onExit().thenRunAsync(() -> ended(live, process), owner);
    } catch (IOException e) {
      throw new StackFailed(live.part.name() + " can't be started: " + e.getMessage() + ".");
    }
    changed.accept(list());
  }

  private void copyLog(Part part, Process process) {
    try {
      new RotatingLog(log(part), LOG_BYTES).copy(process.getInputStream());
    } catch (IOException e) {
      // The file can't be written, or the process is gone: let it talk to nobody.
      System.err.println("sightline: the log of " + part.name() + " ends: " + e.getMessage());
    }
  }

  private void ended(Live live, Process process) {
    if (closing) {
      return;
    }
    live.process = null;
    changed.accept(list());
    // What it started and left behind, such as Nginx's workers, would keep its port.
    try {
      Commands.signal("KILL", -process.pid());
    } catch (StackFailed e) {
      System.err.println("sightline: " + e.getMessage());
    }
    boolean settled = System.nanoTime() - live.startedNanos > SETTLED.toNanos();
    live.wait = settled ? live.part.startAgainAfter() : live.wait;
    System.err.printf(
        "%s (%d) ended with %d; it is started again in %d ms. Its log is %s%n",
        live.part.name(), process.pid(), process.exitValue(), live.wait.toMillis(), log(live.part));
    launchAfter(live, live.wait);
    Duration twice = live.wait.multipliedBy(2);
    live.wait = twice.compareTo(LAST_WAIT) < 0 ? twice : LAST_WAIT;
  }

  /** A part that can't be started now, as without memory for it, is tried again. */
  private void launchAfter(Live live, Duration wait) {
    Future<?> _ =
        owner.schedule(
            () -> {
              try {
                launch(live);
              } catch (StackFailed e) {
                System.err.println("sightline: " + e.getMessage());
                launchAfter(live, LAST_WAIT);
              }
            },
            wait.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private List<Running> list() {
    List<Running> running = new ArrayList<>();
    for (Live live : parts.values()) {
      long pid = live.process == null ? 0 : live.process.pid();
      running.add(new Running(live.part, pid, log(live.part)));
    }
    return running;
  }

  private Path log(Part part) {
    return logs.resolve(part.name() + ".log");
  }

  /** Stops all, tier by tier; what does not end in time is killed. */
  @Override
  public void close() {
    List<Live> live =
        await(
            owner.submit(
                () -> {
                  closing = true;
                  return List.copyOf(parts.values());
                }));
    List<Integer> tiers =
        live.stream()
            .map(each -> each.part.tier())
            .distinct()
            .sorted(Comparator.reverseOrder())
            .toList();
    for (int tier : tiers) {
      await(
          owner.submit(
              () -> stop(live.stream().filter(each -> each.part.tier() == tier).toList())));
    }
    owner.shutdownNow();
  }

  private void stop(List<Live> tier) {
    for (Live each : tier) {
      if (each.process != null && each.process.isAlive()) {
        Commands.signal("CONT", each.process.pid());
        Commands.signal(each.part.stopSignal(), each.process.pid());
      }
    }
    long deadline = System.nanoTime() + stopWithin.toNanos();
    for (Live each : tier) {
      Process process = each.process;
      if (process == null) {
        continue;
      }
      try {
        if (!process.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          System.err.println("sightline: " + each.part.name() + " did not stop, and was killed");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      Commands.signal("KILL", -process.pid());
    }
  }

  private static <T> T await(Future<T> work) {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StackFailed failed) {
        throw failed;
      }
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailed("interrupted.");
    }
  }
}

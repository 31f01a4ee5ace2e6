package sightline.drill;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process that computes, and talks to nobody: what a load takes of the machine by being made,
 * without the load. For one thread.
 */
final class Burner implements AutoCloseable {
  private static final int THREADS = 10;
  private static final long TURN_NANOS = 10_000_000;

  private final Process process;

  private Burner(Process process) {
    this.process = process;
  }

  /**
   * From now on.
   *
   * @param cores how many, 0.5 for half of one
   */
  static Burner start(double cores) throws IOException {
    return new Burner(
        new ProcessBuilder(Program.burner(List.of(String.valueOf(cores))))
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start());
  }

  long pid() {
    return process.pid();
  }

  /** The process itself, which ends with who started it: its input ends then. */
  public static void main(String[] arguments) throws IOException {
    double share = Double.parseDouble(arguments[0]) / THREADS;
    for (int i = 0; i < THREADS; i++) {
      Thread.ofPlatform().daemon().start(() -> burn(share));
    }
    while (System.in.read() >= 0) {
      // Nothing is ever written.
      Thread.onSpinWait();
    }
  }

  private static void burn(double share) {
    long last = System.nanoTime();
    try {
      while (true) {
        long until = last + TURN_NANOS;
        TimeUnit.NANOSECONDS.sleep(Math.max(0, until - System.nanoTime()));
        long now = System.nanoTime();
        long owed = Math.min((long) ((now - last) * share), TURN_NANOS);
        last = now;
        while (System.nanoTime() - now < owed) {
          Thread.onSpinWait();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

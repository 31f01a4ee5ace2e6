package sightline.bench;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/** One line that says what goes on, rewritten each second. Owned by the generator's thread. */
final class Progress {
  private static final String CLEAR = "\r\033[K";
  private static final long EVERY_NANOS = 1_000_000_000;

  private final PrintStream out;
  private final boolean terminal;
  private String phase = "";
  private long lastNanos = System.nanoTime() - EVERY_NANOS;

  /**
   * @param terminal whether a line can be rewritten; else only lines that stay are printed
   */
  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** Whether this program's output is read by a person. */
  static boolean onTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /** What goes on from now. */
  void phase(String text) {
    phase = text;
    rewrite(text);
  }

  /** Still going on; cheap enough for each turn of a loop. */
  void tick(String what, long leftNanos) {
    long now = System.nanoTime();
    if (now - lastNanos >= EVERY_NANOS) {
      lastNanos = now;
      rewrite(phase + ": " + what + ", " + leftNanos / EVERY_NANOS + " s left");
    }
  }

  /** A line that stays. */
  void line(String text) {
    out.print((terminal ? CLEAR : "") + text + "\n");
    out.flush();
  }

  private void rewrite(String text) {
    if (terminal) {
      out.print(CLEAR + text);
      out.flush();
    }
  }
}

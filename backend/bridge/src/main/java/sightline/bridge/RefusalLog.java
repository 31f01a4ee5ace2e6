package sightline.bridge;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The log of what is refused: for each unit and reason a line a minute, with how many there were
 * since the line before; over all at most {@value #MOST_LINES} lines a minute, and one that says
 * how many more there would have been. Any thread.
 */
final class RefusalLog {
  static final int MOST_LINES = 100;

  /** Units and reasons that are told apart; the one that was longest without is forgotten. */
  static final int MOST_KEPT = 4_096;

  private static final long EACH_NANOS = Duration.ofMinutes(1).toNanos();

  private final Consumer<String> out;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<Key, Said> said = new LinkedHashMap<>(16, 0.75f, true);

  @GuardedBy("lock")
  private long minuteNanos;

  @GuardedBy("lock")
  private int lines;

  @GuardedBy("lock")
  private long withheld;

  private record Key(String who, String reason) {}

  private static final class Said {
    private long nanos;
    private long since;
  }

  /**
   * Nothing is said yet.
   *
   * @param nanos monotonic
   */
  RefusalLog(Consumer<String> out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    minuteNanos = nanos.getAsLong();
  }

  /**
   * Says it where that is due.
   *
   * @param who the unit, or what else published it
   */
  void say(String who, String topic, String reason, String detail) {
    lock.lock();
    try {
      long now = nanos.getAsLong();
      Key key = new Key(who, reason);
      Said earlier = said.get(key);
      if (earlier != null && now - earlier.nanos < EACH_NANOS) {
        earlier.since++;
        return;
      }
      if (!hasLine(now)) {
        return;
      }
      String more = earlier == null || earlier.since == 0 ? "" : ", " + earlier.since + " more";
      out.accept(
          "Refused of %s on %s%s: %s: %s"
              .formatted(printable(who), printable(topic), more, reason, printable(detail)));
      Said entry = earlier == null ? new Said() : earlier;
      entry.nanos = now;
      entry.since = 0;
      said.put(key, entry);
      if (said.size() > MOST_KEPT) {
        said.remove(said.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean hasLine(long now) {
    if (now - minuteNanos >= EACH_NANOS) {
      if (withheld > 0) {
        out.accept("Refused " + withheld + " more publishes, which are counted and not logged");
      }
      minuteNanos = now;
      lines = 0;
      withheld = 0;
    }
    if (lines >= MOST_LINES) {
      withheld++;
      return false;
    }
    lines++;
    return true;
  }

  /** A topic is text from outside: nothing of it makes a line of its own. */
  private static String printable(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .limit(200)
        .forEach(c -> safe.appendCodePoint(Character.isISOControl(c) ? '?' : c));
    return safe.toString();
  }
}

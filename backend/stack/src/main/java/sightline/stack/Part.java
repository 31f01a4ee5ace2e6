package sightline.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One process of the stack, and how it is started. Immutable.
 *
 * @param name as in the table, `gateway-1`
 * @param tier what is started first and stopped last has the lowest
 * @param command the program and its arguments
 * @param directory where it runs
 * @param user whose it is, where we are root; null: ours
 * @param stopSignal what ends it with everything written
 * @param startAgainAfter how long after it died it is started again, at first
 * @param known what others need of it: `url`, and `plainUrl`, `admin` where it has them
 */
record Part(
    String name,
    int tier,
    List<String> command,
    Path directory,
    @Nullable String user,
    String stopSignal,
    Duration startAgainAfter,
    Map<String, String> known) {
  private static final Duration AT_ONCE = Duration.ofMillis(100);

  /** The recorder: no position waits for it, but without it a picture is told that it is stale. */
  static final Duration SOON = Duration.ofMillis(2_500);

  /** A second of a kind: when all died, each start takes time from what people wait for. */
  static final Duration SECOND = Duration.ofSeconds(4);

  /** What nobody at a map waits for. */
  static final Duration LAST = Duration.ofSeconds(5);

  /** The broker, the bus, the database. */
  static final int SERVER = 0;

  /** Our own roles. */
  static final int ROLE = 1;

  /** What browsers reach. */
  static final int FRONT = 2;

  /** What makes load. */
  static final int FIELD = 3;

  /** One that is started again at once. */
  Part(
      String name,
      int tier,
      List<String> command,
      Path directory,
      @Nullable String user,
      String stopSignal,
      Map<String, String> known) {
    this(name, tier, command, directory, user, stopSignal, AT_ONCE, known);
  }

  /** The same, started again so long after it died. */
  Part after(Duration time) {
    return new Part(name, tier, command, directory, user, stopSignal, time, known);
  }

  /** Its address. */
  String url() {
    return known.getOrDefault("url", "");
  }
}

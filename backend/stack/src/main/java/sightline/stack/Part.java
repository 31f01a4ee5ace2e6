package sightline.stack;

import java.nio.file.Path;
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
 * @param known what others need of it: `url`, and `plainUrl`, `admin` where it has them
 */
record Part(
    String name,
    int tier,
    List<String> command,
    Path directory,
    @Nullable String user,
    String stopSignal,
    Map<String, String> known) {
  /** The broker, the bus, the database. */
  static final int SERVER = 0;

  /** Our own roles. */
  static final int ROLE = 1;

  /** What browsers reach. */
  static final int FRONT = 2;

  /** What makes load. */
  static final int FIELD = 3;

  /** Its address. */
  String url() {
    return known.getOrDefault("url", "");
  }
}

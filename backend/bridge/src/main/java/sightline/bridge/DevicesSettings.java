package sightline.bridge;

import java.util.List;
import java.util.Map;
import sightline.protocol.Limits;
import sightline.protocol.NullIsland;

/**
 * Which devices may take part. Immutable.
 *
 * @param enrol whether a device that was never seen may join
 * @param max how many devices there may be
 * @param registered the ids that may take part where enrolment is not open
 * @param groups device groups by name: a list of ids, or of beginnings of ids with {@code *} behind
 * @param nullIsland what becomes of a position at exactly 0, 0, which receivers without a fix say
 */
public record DevicesSettings(
    Enrol enrol,
    int max,
    List<String> registered,
    Map<String, List<String>> groups,
    NullIsland nullIsland) {
  /** How a device joins. */
  public enum Enrol {
    /** By its first publish. */
    OPEN,
    /** By being in the list. */
    REGISTERED
  }

  /** What holds where nothing is set. */
  public static final DevicesSettings DEFAULT =
      new DevicesSettings(Enrol.OPEN, 50_000, List.of(), Map.of(), NullIsland.REFUSE);

  /** Checks every field. */
  public DevicesSettings {
    if (max < 1 || max > 10_000_000) {
      throw new IllegalArgumentException("max must be from 1 to 10000000, not " + max);
    }
    for (String id : registered) {
      if (!Limits.isDeviceId(id)) {
        throw new IllegalArgumentException("registered has an id that no device may have: " + id);
      }
    }
    registered = List.copyOf(registered);
    groups = Map.copyOf(groups);
  }
}

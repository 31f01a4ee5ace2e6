package sightline.bridge;

import org.jspecify.annotations.Nullable;
import sightline.protocol.Location;

/**
 * Numbers a device's positions of one time where it does not number them itself, in the order of
 * their arrival: else all but the first would pass for the same position. Owned by the rounds
 * thread.
 */
final class Arrivals {
  private @Nullable Location last;
  private long rank;

  /** The device's own number, or the rank; what came just before, come again, has the same one. */
  long seq(Location location) {
    if (location.seq() != 0) {
      return location.seq();
    }
    Location before = last;
    last = location;
    if (before == null || before.timestamp() != location.timestamp()) {
      rank = 0;
    } else if (!before.equals(location)) {
      rank++;
    }
    return rank;
  }
}

package sightline.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;

/**
 * How many devices browsers name in their subscriptions, known ones or not, with a bound for each
 * address and for all. Any thread.
 */
final class RoomNames {
  /** Of all browsers; a name takes up to 200 bytes. */
  static final int MOST = 500_000;

  /** Of those of one address: 125 browsers with all that one may name. */
  static final int MOST_OF_AN_ADDRESS = 250_000;

  @GuardedBy("this")
  private final Map<String, Integer> byAddress = new HashMap<>();

  @GuardedBy("this")
  private int all;

  /**
   * Gives so many back for so many others; false, and nothing is changed, where they are too many.
   */
  synchronized boolean swap(String address, int before, int now) {
    int more = now - before;
    int theirs = byAddress.getOrDefault(address, 0) + more;
    if (more > 0 && (theirs > MOST_OF_AN_ADDRESS || all + more > MOST)) {
      return false;
    }
    all += more;
    if (theirs == 0) {
      byAddress.remove(address);
    } else {
      byAddress.put(address, theirs);
    }
    return true;
  }

  synchronized int size() {
    return all;
  }
}

package sightline.bridge;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Offline statuses of units whose id two clients use (P62): each is held back, and forgotten where
 * the unit publishes meanwhile, so that it does not flap. One a unit. Owned by the rounds thread.
 */
final class HeldWills {
  private static final long HELD_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Map<String, Held> held = new LinkedHashMap<>();

  private record Held(LiveInput.Said input, long nanos) {}

  /** Holds the first; a later one of the unit says the same. */
  void hold(LiveInput.Said input, long nanos) {
    held.putIfAbsent(input.device(), new Held(input, nanos));
  }

  /** The unit publishes, or is no more. */
  void forget(String device) {
    held.remove(device);
  }

  /** Those that nothing came behind, and that are held no longer. */
  List<LiveInput.Said> due(long nanos) {
    List<LiveInput.Said> due = new ArrayList<>();
    Iterator<Held> oldest = held.values().iterator();
    while (oldest.hasNext()) {
      Held next = oldest.next();
      if (nanos - next.nanos < HELD_NANOS) {
        break;
      }
      due.add(next.input);
      oldest.remove();
    }
    return due;
  }
}

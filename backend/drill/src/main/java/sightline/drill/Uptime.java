package sightline.drill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The times between outages: from all being whole until the next kill. Owned by the thread that
 * drills.
 */
final class Uptime {
  private static final double SECOND_NANOS = 1e9;

  private final List<Window> windows = new ArrayList<>();

  private record Window(long from, long to) {
    boolean holds(Ledger.Sent event) {
      return event.sentNanos() >= from && event.acknowledged() && event.acknowledgedNanos() <= to;
    }
  }

  void add(long fromNanos, long toNanos) {
    windows.add(new Window(fromNanos, toNanos));
  }

  double seconds() {
    return windows.stream().mapToLong(window -> window.to - window.from).sum() / SECOND_NANOS;
  }

  /** Events sent and acknowledged within one of them, a second. */
  double acknowledgedRate(Collection<Ledger.Sent> events) {
    long count =
        events.stream()
            .filter(event -> windows.stream().anyMatch(window -> window.holds(event)))
            .count();
    return windows.isEmpty() ? 0 : count / seconds();
  }
}

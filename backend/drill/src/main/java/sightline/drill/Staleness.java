package sightline.drill;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.Map;
import java.util.TreeMap;

/**
 * For how long browsers were told that their picture is stale. For any thread; its lock is itself.
 */
final class Staleness {
  /** The reason where a browser had no connection: its own doing, after what it was told. */
  static final String AWAY = "link";

  @GuardedBy("this")
  private final Map<String, Long> longestNanos = new TreeMap<>();

  /** One browser was told so, for this reason and so long. */
  synchronized void spell(String reason, long nanos) {
    longestNanos.merge(reason, nanos, Math::max);
  }

  /** The longest by reason, nanoseconds. */
  synchronized Map<String, Long> longest() {
    return new TreeMap<>(longestNanos);
  }
}

package sightline.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a browser tells its gateway on {@code /live}. Immutable. */
public sealed interface ClientMessage {
  /** Replaces the earlier subscription. */
  record Subscribe(Scope scope, EventsWanted events) implements ClientMessage {}

  /** The last update that it has drawn. */
  record Drawn(long n) implements ClientMessage {}

  /** Whether the page can be seen; hidden, it gets no positions. */
  record Visible(boolean visible) implements ClientMessage {}

  /** Which devices. */
  sealed interface Scope {
    /** Every device that it may see. */
    record All() implements Scope {}

    /** These. */
    record Rooms(List<String> devices) implements Scope {}

    /** What is on its map, and the pinned. */
    record View(
        double west, double south, double east, double north, double zoom, List<String> pins)
        implements Scope {}
  }

  /**
   * Which events.
   *
   * @param wanted whether it wants any
   * @param since those after this cursor, or null for those from now on
   */
  record EventsWanted(boolean wanted, @Nullable String since) {
    /** None. */
    public static final EventsWanted NONE = new EventsWanted(false, null);
  }
}

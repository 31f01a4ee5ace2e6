package sightline.bridge;

import java.util.List;
import sightline.protocol.Location;
import sightline.protocol.Status;

/** What the rounds thread is told, parsed and admitted already. Immutable. */
sealed interface LiveInput {
  /** When the bridge received it, epoch ms. */
  long received();

  /** When the bridge received it, ns by the monotonic clock; 0 where that is not measured. */
  default long nanos() {
    return 0;
  }

  /** How many positions of backlogs it holds: these alone can fill memory. */
  default int backlogPositions() {
    return switch (this) {
      case Moved moved -> moved.backlog() ? moved.locations().size() : 0;
      case Backlog backlog -> backlog.locations().size();
      case Said _, Seen _, Retired _, TakenOver _, BrokerStarted _, Mirrored _ -> 0;
    };
  }

  /** A device published one location, or a backlog of them; a retained one is from before. */
  record Moved(
      String device,
      List<Location> locations,
      boolean backlog,
      boolean retained,
      long received,
      long nanos)
      implements LiveInput {}

  /**
   * A device published a backlog that is answered once it is in history.
   *
   * @param batch its id
   * @param refused how many of its locations are no locations
   */
  record Backlog(
      String device, String batch, List<Location> locations, int refused, long received, long nanos)
      implements LiveInput {}

  /** A device, or its last will, published a status; retained ones are from before. */
  record Said(String device, Status status, boolean retained, long received, long nanos)
      implements LiveInput {}

  /**
   * A device published an event.
   *
   * @param proven as {@link Marks#proven} was when it came; −1 for a retained one
   */
  record Seen(String device, long received, long proven) implements LiveInput {}

  /** A device is no part of the fleet any more. */
  record Retired(String device, long received) implements LiveInput {}

  /** The broker ended a client's connection because another came with its id. */
  record TakenOver(String device, long received) implements LiveInput {}

  /**
   * The broker started then, epoch ms by the bridge's clock, to within a few seconds.
   *
   * @param upSeconds for how long it has run by its own word
   */
  record BrokerStarted(long millis, long upSeconds, long received) implements LiveInput {}

  /** A location that the mirror kept from an earlier life of the bridge. */
  record Mirrored(String device, Location location, long received) implements LiveInput {}
}

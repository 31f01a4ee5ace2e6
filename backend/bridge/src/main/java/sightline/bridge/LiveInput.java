package sightline.bridge;

import java.util.List;
import sightline.protocol.Location;
import sightline.protocol.Status;

/** What the rounds thread is told, parsed and admitted already. Immutable. */
sealed interface LiveInput {
  /** When the bridge received it, epoch ms. */
  long received();

  /** A device published one location, or a backlog of them. */
  record Moved(String device, List<Location> locations, boolean backlog, long received, long nanos)
      implements LiveInput {}

  /** A device, or its last will, published a status; retained ones are from before. */
  record Said(String device, Status status, boolean retained, long received, long nanos)
      implements LiveInput {}

  /** A device published an event. */
  record Seen(String device, long received) implements LiveInput {}

  /** The broker started then, epoch ms by the bridge's clock, to within a few seconds. */
  record BrokerStarted(long millis, long received) implements LiveInput {}

  /** A location that the mirror kept from an earlier life of the bridge. */
  record Mirrored(String device, Location location, long received) implements LiveInput {}
}

package sightline.simulator;

import java.util.List;
import sightline.device.Event;
import sightline.device.Location;
import sightline.device.Status;

/**
 * One of the fleet, without any network: where it is, how it is and what happens to it follow from
 * its seed and the time that has passed. Owned by the thread that moves the units.
 */
sealed interface Unit permits Vehicle, Camera, Sensor {
  String id();

  /** What people call it. */
  String name();

  /** {@code vehicle}, {@code camera} or {@code sensor}. */
  String kind();

  /** Passes time. What happened meanwhile is in {@link #takeEvents}. */
  void advance(double seconds);

  /** Whether a position is due since the last advance. */
  boolean reports();

  /** Where it is, without a time. */
  Location location();

  Status status();

  /** Whether the network reaches it. */
  boolean covered();

  /** Somebody pressed the button, or whatever else is an alarm here. */
  void alarm();

  /** Something of every day happens: a light bar, a recording, a barrier. */
  void everyday();

  /** What has happened since this was last asked, in order. */
  List<Event> takeEvents();
}

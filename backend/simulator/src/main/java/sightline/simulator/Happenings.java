package sightline.simulator;

import java.util.ArrayList;
import java.util.List;
import sightline.device.Event;
import sightline.device.Location;

/** What has happened to a unit and nobody took yet. Owned by the thread that moves the units. */
final class Happenings {
  private List<Event> events = new ArrayList<>();

  void add(String type, String severity, String message, Location at) {
    events.add(Event.of(type).severity(severity).message(message).at(at.lat(), at.lon()));
  }

  List<Event> take() {
    if (events.isEmpty()) {
      return List.of();
    }
    List<Event> taken = events;
    events = new ArrayList<>();
    return taken;
  }
}

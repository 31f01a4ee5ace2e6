package sightline.gateway;

import java.util.ArrayList;
import java.util.List;
import sightline.protocol.Limits;
import sightline.protocol.LogEntry;

/**
 * One picture that any number of browsers share: its frames are encoded once for all of them. The
 * hub's thread owns it, but for {@link #members}, where each list belongs to its event loop.
 */
final class View {
  final ViewKey key;

  /** The browsers that see it, by event loop. */
  final List<Members> members;

  /** The numbers of its devices in binary. */
  final Numbers numbers;

  /** How many browsers see it as JSON. */
  private int jsonBrowsers;

  /** How many see it in binary. */
  private int binaryBrowsers;

  /** Slots with a change in this turn; of a view of rooms only. */
  final List<Slot> changed = new ArrayList<>();

  View(ViewKey key, Numbers numbers, int loops) {
    this.key = key;
    this.numbers = numbers;
    List<Members> lists = new ArrayList<>();
    for (int i = 0; i < loops; i++) {
      lists.add(new Members());
    }
    members = List.copyOf(lists);
  }

  /** So many browsers more see it on a wire. */
  void count(Wire wire, int more) {
    switch (wire) {
      case JSON -> jsonBrowsers += more;
      case BINARY -> binaryBrowsers += more;
    }
  }

  boolean seenOn(Wire wire) {
    return switch (wire) {
      case JSON -> jsonBrowsers > 0;
      case BINARY -> binaryBrowsers > 0;
    };
  }

  boolean unseen() {
    return jsonBrowsers + binaryBrowsers == 0;
  }

  /** Whether the device is in it, known or not. */
  boolean shows(Slot slot) {
    boolean asked = key.rooms() == null ? !slot.reserved : key.rooms().contains(slot.id);
    return asked && slot.view != null && key.permission().sees(slot.view.groups());
  }

  /** Whether an entry of the log is told in it. */
  boolean tells(LogEntry entry, Fleet fleet) {
    return tells(entry.key().device(), fleet);
  }

  /** Whether news of a device's events is told in it. */
  boolean tells(String device, Fleet fleet) {
    boolean named = key.rooms() != null && key.rooms().contains(device);
    if (!named && (Limits.isReserved(device) || (key.rooms() != null && !key.byArea()))) {
      return false;
    }
    return key.permission().everything() || key.permission().sees(fleet.groups(device));
  }
}

package sightline.gateway;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The views that browsers share now, and which of them a change touches. Owned by the hub. */
final class Views {
  private static final Comparator<Slot> BY_ID = Comparator.comparing(slot -> slot.id);

  private final Fleet fleet;
  private final int loops;
  private final Map<ViewKey, View> byKey = new HashMap<>();
  private final Map<Permission, Numbers> numbers = new HashMap<>();
  private final List<View> everything = new ArrayList<>(1);

  Views(Fleet fleet, int loops) {
    this.fleet = fleet;
    this.loops = loops;
  }

  /** Counts one browser more; the view is made where nobody has it yet. */
  View join(ViewKey key, Wire wire) {
    View view = byKey.get(key);
    if (view == null) {
      view = new View(key, numbers(key.permission()), loops);
      byKey.put(key, view);
      if (key.rooms() == null) {
        everything.add(view);
      } else {
        for (String id : key.rooms()) {
          fleet.watch(id, view);
        }
      }
    }
    view.count(wire, 1);
    return view;
  }

  /** The numbers of devices in binary for all who may see the same. */
  Numbers numbers(Permission permission) {
    return numbers.computeIfAbsent(permission, anyone -> new Numbers());
  }

  /** Counts one browser less; with the last one the view goes. */
  void leave(View view, Wire wire) {
    view.count(wire, -1);
    if (!view.unseen()) {
      return;
    }
    byKey.remove(view.key);
    if (view.key.rooms() == null) {
      everything.remove(view);
    } else {
      for (String id : view.key.rooms()) {
        fleet.unwatch(id, view);
      }
    }
  }

  /** The devices that a view shows; of a view by area, those pinned. */
  List<Slot> slots(View view) {
    List<Slot> shown = new ArrayList<>();
    if (view.key.rooms() == null) {
      for (Slot slot : fleet.slots()) {
        if (view.shows(slot)) {
          shown.add(slot);
        }
      }
    } else {
      for (String id : view.key.rooms()) {
        Slot slot = fleet.find(id);
        if (slot != null && view.shows(slot)) {
          shown.add(slot);
        }
      }
      shown.sort(BY_ID);
    }
    return shown;
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  int size() {
    return byKey.size();
  }

  List<View> all() {
    return List.copyOf(byKey.values());
  }

  /** Views that show a change of this turn, with it in {@link View#changed}. */
  List<View> touched() {
    List<View> touched = new ArrayList<>();
    for (View view : everything) {
      collect(view);
      if (!view.changed.isEmpty()) {
        touched.add(view);
      }
    }
    for (Slot slot : fleet.changed()) {
      for (View view : slot.rooms) {
        if (view.shows(slot)) {
          if (view.changed.isEmpty()) {
            touched.add(view);
          }
          view.changed.add(slot);
        }
      }
    }
    return touched;
  }

  private void collect(View view) {
    for (Slot slot : fleet.changed()) {
      if (view.shows(slot)) {
        view.changed.add(slot);
      }
    }
  }
}

package sightline.gateway;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives browsers their places, so that those who ask for the same share it, and takes them back.
 * Owned by the hub's thread.
 */
final class Places {
  private final Fleet fleet;
  private final Views views;
  private final Layers layers;
  private final Crowds crowds;

  Places(Fleet fleet, int loops) {
    this.fleet = fleet;
    views = new Views(fleet, loops);
    layers = new Layers(fleet, loops, views::numbers);
    crowds = new Crowds(loops);
  }

  Views views() {
    return views;
  }

  Layers layers() {
    return layers;
  }

  Crowds crowds() {
    return crowds;
  }

  /** A place for one browser more. */
  Place join(ViewKey key, @Nullable Area area, Wire wire) {
    View view = views.join(key, wire);
    if (area == null) {
      return new Place(view, null, List.of(), null);
    }
    if (layers.units(key.permission(), area) > Crowd.MANY) {
      return new Place(view, area, List.of(), crowds.join(key.permission(), area));
    }
    return new Place(view, area, layers.join(key.permission(), area, wire), null);
  }

  /** One browser less. */
  void leave(Place place, Wire wire) {
    views.leave(place.view(), wire);
    layers.leave(place.cells(), wire);
    if (place.crowd() != null) {
      crowds.leave(place.crowd());
    }
  }

  /** The devices that are told one by one in a place, each once. */
  List<Slot> slots(Place place) {
    List<Slot> named = views.slots(place.view());
    if (place.cells().isEmpty()) {
      return named;
    }
    Set<Slot> slots = new LinkedHashSet<>(named);
    place.cells().forEach(cell -> slots.addAll(cell.slots));
    return new ArrayList<>(slots);
  }

  /** Those of one place that another does not show. */
  List<Slot> beyond(Place place, Place other) {
    List<Slot> beyond = new ArrayList<>();
    for (Slot slot : slots(place)) {
      if (!other.shows(slot)) {
        beyond.add(slot);
      }
    }
    return beyond;
  }

  /** The fleet was replaced. */
  void refill() {
    layers.refill();
  }

  Fleet fleet() {
    return fleet;
  }
}

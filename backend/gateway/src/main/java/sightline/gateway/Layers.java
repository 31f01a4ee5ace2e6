package sightline.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Views by bounding box: which cells are looked at, by whose permission, and which of them a turn
 * touches. Owned by the hub's thread.
 */
final class Layers {
  private final Fleet fleet;
  private final int loops;
  private final Function<Permission, Numbers> numbers;
  private final Map<Name, Layer> layers = new HashMap<>();

  private record Name(Permission permission, int level) {}

  Layers(Fleet fleet, int loops, Function<Permission, Numbers> numbers) {
    this.fleet = fleet;
    this.loops = loops;
    this.numbers = numbers;
  }

  /** The cells of an area for one browser more. */
  List<Cell> join(Permission permission, Area area, Wire wire) {
    return layers
        .computeIfAbsent(
            new Name(permission, area.level()),
            name -> new Layer(permission, area.level(), numbers.apply(permission), fleet, loops))
        .join(area, wire);
  }

  /** One browser less; a layer that nobody looks at goes. */
  void leave(List<Cell> cells, Wire wire) {
    if (!cells.isEmpty()) {
      Layer layer = cells.getFirst().layer;
      layer.leave(cells, wire);
      if (layer.isEmpty()) {
        layers.remove(new Name(layer.permission, layer.level));
      }
    }
  }

  boolean isEmpty() {
    return layers.isEmpty();
  }

  /** Cells with something to tell of this turn. */
  List<Cell> touched() {
    if (layers.isEmpty()) {
      return List.of();
    }
    List<Cell> touched = new ArrayList<>();
    for (Layer layer : layers.values()) {
      for (Slot slot : fleet.changed()) {
        layer.note(slot);
      }
      for (Cell cell : layer.cells()) {
        if (!cell.quiet()) {
          touched.add(cell);
        }
      }
    }
    return touched;
  }

  /** The fleet was replaced: puts every unit into its cell anew. */
  void refill() {
    layers.values().forEach(Layer::fill);
  }

  /** How many units of an area someone may see. */
  int units(Permission permission, Area area) {
    int count = 0;
    for (Slot slot : fleet.slots()) {
      if (shows(permission, area, slot)) {
        count++;
      }
    }
    return count;
  }

  static boolean shows(Permission permission, Area area, Slot slot) {
    return !slot.reserved
        && slot.view != null
        && area.contains(slot.column, slot.row)
        && permission.sees(slot.view.groups());
  }
}

package sightline.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one level that are looked at by browsers with the same permission. Owned by the
 * hub's thread.
 */
final class Layer {
  final Permission permission;
  final int level;
  final Numbers numbers;
  private final Fleet fleet;
  private final int loops;
  private final Map<Long, Cell> cells = new HashMap<>();

  Layer(Permission permission, int level, Numbers numbers, Fleet fleet, int loops) {
    this.permission = permission;
    this.level = level;
    this.numbers = numbers;
    this.fleet = fleet;
    this.loops = loops;
  }

  /** The cells of an area for one browser more; those that nobody looked at are filled. */
  List<Cell> join(Area area, Wire wire) {
    List<Cell> joined = new ArrayList<>();
    boolean fresh = false;
    for (int i = 0; i < area.columns(); i++) {
      for (int j = 0; j < area.rows(); j++) {
        int column = area.column(i);
        int row = area.south() + j;
        Cell cell = cells.get(Grid.key(column, row));
        if (cell == null) {
          cell = new Cell(this, column, row, loops);
          cells.put(Grid.key(column, row), cell);
          fresh = true;
        }
        cell.count(wire, 1);
        joined.add(cell);
      }
    }
    if (fresh) {
      fill();
    }
    return joined;
  }

  void leave(List<Cell> some, Wire wire) {
    for (Cell cell : some) {
      cell.count(wire, -1);
      if (cell.unseen()) {
        cells.remove(Grid.key(cell.column, cell.row));
      }
    }
  }

  boolean isEmpty() {
    return cells.isEmpty();
  }

  Collection<Cell> cells() {
    return cells.values();
  }

  /** Puts every unit into its cell anew. */
  void fill() {
    cells.values().forEach(cell -> cell.slots.clear());
    for (Slot slot : fleet.slots()) {
      Cell cell = shows(slot) ? cellOf(slot.toldColumn, slot.toldRow) : null;
      if (cell != null) {
        cell.slots.add(slot);
      }
    }
  }

  /** Notes a change of this turn in the cells that it touches. */
  void note(Slot slot) {
    Cell before = cellOf(slot.toldColumn, slot.toldRow);
    Cell now = shows(slot) ? cellOf(slot.column, slot.row) : null;
    if (before != null && before != now && before.slots.remove(slot)) {
      before.left.add(slot);
    }
    if (now != null) {
      (now.slots.add(slot) ? now.entered : now.changed).add(slot);
    }
  }

  boolean shows(Slot slot) {
    return !slot.reserved && slot.view != null && permission.sees(slot.view.groups());
  }

  private @Nullable Cell cellOf(int column, int row) {
    return column == Grid.NOWHERE
        ? null
        : cells.get(Grid.key(Grid.at(level, column), Grid.at(level, row)));
  }
}

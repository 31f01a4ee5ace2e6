package sightline.gateway;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A cell of a layer that at least one browser looks at: its frames are encoded once for all of
 * them. The hub's thread owns it, but for {@link #watchers}, where each list belongs to its event
 * loop.
 */
final class Cell {
  final Layer layer;
  final int column;
  final int row;

  /** The browsers that look at it, by event loop. */
  final List<List<LiveSession>> watchers = new ArrayList<>();

  /** The units that are in it and may be seen. */
  final Set<Slot> slots = new LinkedHashSet<>();

  /** Units that stayed in it and changed in this turn. */
  final List<Slot> changed = new ArrayList<>();

  /** Units that came into it in this turn. */
  final List<Slot> entered = new ArrayList<>();

  /** Units that left it in this turn. */
  final List<Slot> left = new ArrayList<>();

  private int jsonBrowsers;
  private int binaryBrowsers;

  Cell(Layer layer, int column, int row, int loops) {
    this.layer = layer;
    this.column = column;
    this.row = row;
    for (int i = 0; i < loops; i++) {
      watchers.add(new ArrayList<>(1));
    }
  }

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

  boolean quiet() {
    return changed.isEmpty() && entered.isEmpty() && left.isEmpty();
  }

  /** Ends the turn. */
  void settle() {
    changed.clear();
    entered.clear();
    left.clear();
  }
}

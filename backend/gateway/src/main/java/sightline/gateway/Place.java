package sightline.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a browser sees: a view, and where it asked by area, that area's cells or, where these hold
 * too many units, their counts. Immutable; the hub's.
 *
 * @param area null where it did not ask by area
 * @param cells the area's, empty where it gets counts
 * @param crowd the area's counts, or null
 */
record Place(View view, @Nullable Area area, List<Cell> cells, @Nullable Crowd crowd) {
  /** Whether a device is told in it one by one. */
  boolean shows(Slot slot) {
    return view.shows(slot)
        || (area != null && crowd == null && Layers.shows(view.key.permission(), area, slot));
  }

  /** Whether it is told by cells, so that another such place can go on from it. */
  boolean byCells() {
    return area != null && crowd == null;
  }

  /** Whether its units have become too many to be told one by one, or few enough. */
  boolean misjudged() {
    if (crowd != null) {
      return crowd.units() < Crowd.FEW;
    }
    int units = 0;
    for (Cell cell : cells) {
      units += cell.slots.size();
    }
    return units > Crowd.MANY;
  }
}

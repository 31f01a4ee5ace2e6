package sightline.gateway;

import sightline.protocol.ClientMessage.Scope;

/**
 * What a map shows, as a rectangle of cells with a ring of one cell around it, so that a unit is
 * known before it comes into sight. Immutable.
 *
 * @param level of the cells
 * @param west the first column
 * @param south the first row
 * @param columns how many; they go on over 180 degrees
 * @param rows how many
 */
record Area(int level, int west, int south, int columns, int rows) {
  private static final int FINEST = 18;
  private static final int MOST_CELLS = 144;

  /** The area of a view: cells as wide as 512 to 1,024 px, wider where these would be too many. */
  static Area of(Scope.View view) {
    for (int level = Math.min((int) view.zoom(), FINEST); level > 0; level--) {
      Area area = at(level, view);
      if ((long) area.columns * area.rows <= MOST_CELLS) {
        return area;
      }
    }
    return new Area(0, 0, 0, 1, 1);
  }

  private static Area at(int level, Scope.View view) {
    int size = 1 << level;
    int west = Grid.at(level, Grid.column(view.west()));
    int east = Grid.at(level, Grid.column(view.east()));
    int columns = Math.floorMod(east - west, size) + 1;
    boolean around = columns == 1 && view.west() > view.east();
    int south = Math.max(0, Grid.at(level, Grid.row(view.south())) - 1);
    int north = Math.min(size - 1, Grid.at(level, Grid.row(view.north())) + 1);
    boolean whole = around || columns + 2 >= size;
    return new Area(
        level,
        whole ? 0 : Math.floorMod(west - 1, size),
        south,
        whole ? size : columns + 2,
        north - south + 1);
  }

  /** Whether a place is in it; columns and rows of the finest level. */
  boolean contains(int column, int row) {
    return column != Grid.NOWHERE && containsCell(Grid.at(level, column), Grid.at(level, row));
  }

  /** Whether one of its own level's cells is in it. */
  boolean containsCell(int column, int row) {
    int down = row - south;
    return down >= 0 && down < rows && Math.floorMod(column - west, 1 << level) < columns;
  }

  /** The column of its cells at an offset from its first. */
  int column(int offset) {
    return Math.floorMod(west + offset, 1 << level);
  }
}

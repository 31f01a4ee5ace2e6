package sightline.gateway;

/**
 * The world cut into cells: at level L, 2^L columns over 360 degrees and as many rows over 180. A
 * place is two whole numbers at the finest level; those of a coarser one are their first bits. Any
 * thread.
 */
final class Grid {
  /** The finest level: cells of 2.4 m at the equator. */
  static final int BITS = 24;

  /** The column of what has no place. */
  static final int NOWHERE = -1;

  private static final int SIZE = 1 << BITS;

  private Grid() {}

  /** The column of a longitude at the finest level; {@link #NOWHERE} for NaN. */
  static int column(double lon) {
    return Double.isNaN(lon) ? NOWHERE : index((lon + 180) / 360);
  }

  /** The row of a latitude at the finest level, from the south. */
  static int row(double lat) {
    return Double.isNaN(lat) ? NOWHERE : index((lat + 90) / 180);
  }

  /** A place at a coarser level. */
  static int at(int level, int fine) {
    return fine >> (BITS - level);
  }

  /** A cell's name within its level. */
  static long key(int column, int row) {
    return (long) column << 32 | Integer.toUnsignedLong(row);
  }

  private static int index(double part) {
    return Math.clamp((long) (part * SIZE), 0, SIZE - 1);
  }
}

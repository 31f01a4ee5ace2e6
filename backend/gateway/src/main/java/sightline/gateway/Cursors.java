package sightline.gateway;

import sightline.protocol.Order;

/** The text of a cursor: opaque to clients, to us the key of what was given last. Any thread. */
final class Cursors {
  private static final String VERSION = "e1-";
  private static final int RADIX = 36;
  private static final int MOST = 32;

  private static final String POSITION = "t1-";

  private Cursors() {}

  /** Of a track: its whole key, so that a page always gets further. */
  static String text(Order order) {
    return POSITION
        + Long.toString(order.millis(), RADIX)
        + "."
        + Long.toString(order.seq(), RADIX);
  }

  /**
   * The order of a track's cursor.
   *
   * @throws BadRequest where this gateway never made it
   */
  static Order order(String cursor) throws BadRequest {
    int dot = cursor.indexOf('.');
    if (cursor.startsWith(POSITION) && dot > 0 && cursor.length() <= MOST) {
      try {
        Order order =
            new Order(
                Long.parseLong(cursor, POSITION.length(), dot, RADIX),
                Long.parseLong(cursor, dot + 1, cursor.length(), RADIX));
        if (text(order).equals(cursor)) {
          return order;
        }
      } catch (NumberFormatException e) {
        throw unknown();
      }
    }
    throw unknown();
  }

  private static BadRequest unknown() {
    return new BadRequest("the cursor is not one of this path's; give `next` back as it came");
  }

  static String text(long seq) {
    return VERSION + Long.toString(seq, RADIX);
  }

  /**
   * The number of a cursor.
   *
   * @throws BadRequest where this gateway never made it
   */
  static long seq(String cursor) throws BadRequest {
    if (cursor.startsWith(VERSION) && cursor.length() <= VERSION.length() + 13) {
      try {
        long seq = Long.parseLong(cursor, VERSION.length(), cursor.length(), RADIX);
        if (seq >= 0 && text(seq).equals(cursor)) {
          return seq;
        }
      } catch (NumberFormatException e) {
        throw unknown();
      }
    }
    throw unknown();
  }
}

package sightline.gateway;

/** The text of a cursor: opaque to clients, the log's sequence number to us. Any thread. */
final class Cursors {
  private static final String VERSION = "e1-";
  private static final int RADIX = 36;

  private Cursors() {}

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
        throw new BadRequest("the cursor is not one of this server's");
      }
    }
    throw new BadRequest("the cursor is not one of this server's");
  }
}

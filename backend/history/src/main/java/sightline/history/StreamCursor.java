package sightline.history;

import sightline.bus.PositionStream.Cursor;

/** A stream's cursor as text, {@code 1:<id>:<epoch>}; the first number is the form's version. */
final class StreamCursor {
  private static final String VERSION = "1";

  private StreamCursor() {}

  static String format(Cursor cursor) {
    return VERSION + ":" + cursor.id() + ":" + cursor.epoch();
  }

  /** The beginning where the text is of another form: reading on from there is harmless. */
  static Cursor parse(String text) {
    String[] parts = text.split(":", 3);
    if (parts.length != 3 || !parts[0].equals(VERSION)) {
      return Cursor.START;
    }
    try {
      return new Cursor(parts[2], Long.parseLong(parts[1]));
    } catch (NumberFormatException e) {
      return Cursor.START;
    }
  }
}

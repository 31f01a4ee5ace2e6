package sightline.gateway;

import org.jspecify.annotations.Nullable;
import sightline.protocol.JsonOut;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** Writes a track in one form, a position after the other. One thread at a time. */
interface TrackText {
  /** Digits behind the point of a degree. */
  int PLACES = 7;

  /** What stands before the first position. */
  void begin();

  /** The next position, in order. */
  void add(Position position);

  /**
   * What stands behind the last position.
   *
   * @param cutAfter the last position, where a limit cut the rest off; else null
   */
  void end(@Nullable Order cutAfter);

  /** What was written since it was last taken; it may be empty. */
  byte[] take();

  /** A plain decimal number, never with an exponent; nothing where it is absent. */
  static String plain(double value, int places) {
    return Double.isNaN(value) ? "" : new JsonOut(24).decimal(value, places).text();
  }

  /** Degrees east in [-180, 180), as GPX has them: wrapped once it is rounded. */
  static String plainLongitude(double lon) {
    String text = plain(lon, PLACES);
    return text.equals("180") ? "-180" : text;
  }
}

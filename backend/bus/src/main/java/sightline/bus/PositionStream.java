package sightline.bus;

import java.util.List;
import sightline.protocol.Position;

/**
 * The capped stream of accepted positions between bridge and recorder.
 *
 * <p>Order: as appended, ids rise by at least 1 within an epoch. Delivery: at least once to the one
 * recorder, which keeps its cursor with what it stored. Over the cap the oldest are dropped and
 * counted in {@link Page#missed}. {@link #read} never blocks longer than a round trip and throws
 * {@link BusUnavailable}.
 */
public interface PositionStream {
  /**
   * The positions after a cursor.
   *
   * @param after where the reader is; one of another epoch means the stream's beginning
   * @param limit at most this many
   */
  Page read(Cursor after, int limit);

  /** Forgets all up to a cursor, which history has stored. */
  void trim(Cursor through);

  /** How many positions it holds. */
  long size();

  /** How many positions it may hold before it drops the oldest. */
  long cap();

  /**
   * A place in the stream.
   *
   * @param epoch of hot state; empty for none yet
   * @param id the last entry read, 0 for none
   */
  record Cursor(String epoch, long id) {
    /** Before everything. */
    public static final Cursor START = new Cursor("", 0);
  }

  /**
   * What was read.
   *
   * @param positions in order
   * @param end the cursor after them
   * @param missed how many between the cursor asked for and the first one were dropped
   * @param newest the number of the stream's newest position
   * @param awaited a device waits until all up to this number are in history; 0 where none does
   * @param unreadable how many up to the end are kept in a form that can't be read; they are set
   *     aside where they can be looked at
   */
  record Page(
      List<Position> positions,
      Cursor end,
      long missed,
      long newest,
      long awaited,
      long unreadable) {
    /** One that is readable. */
    public Page(List<Position> positions, Cursor end, long missed, long newest, long awaited) {
      this(positions, end, missed, newest, awaited, 0);
    }
  }
}

package sightline.history;

import java.util.List;
import sightline.protocol.Order;
import sightline.protocol.Position;

/**
 * Positions by device and order, for as long as retention says.
 *
 * <p>Every call blocks, may come from any thread, and throws {@link HistoryUnavailable} where the
 * store did not answer. A position that is stored already (same device, order.millis and seq) is
 * left as it is, so that the same batch again is harmless.
 */
public interface PositionStore extends Retained, AutoCloseable {
  /**
   * Stores a batch, and with it where the recorder is in the stream.
   *
   * @param cursor opaque; read back by {@link #cursor}; never ahead of what is stored
   * @return what became of the batch
   */
  Outcome store(List<Position> batch, String cursor);

  /**
   * Whether positions of a time are taken in although the clock says that they are too old, since
   * their day is held; as far as is known without asking, so that it never blocks or throws.
   */
  boolean holds(long millis);

  /** The cursor of the last batch, empty before the first. */
  String cursor();

  /**
   * A device's positions after an order, with order.millis before {@code to}; by order, at most
   * {@code limit}. The order of the last one given is where the next page begins: it is the whole
   * key, so that a page always gets further.
   *
   * @param everyMillis keeps the first of each such span, counted from the epoch; 0 keeps all
   */
  List<Position> track(String device, Order after, long to, long everyMillis, int limit);

  /** The same of those with order.millis in [from, to). */
  default List<Position> track(String device, long from, long to, long everyMillis, int limit) {
    return track(device, Order.before(from), to, everyMillis, limit);
  }

  /**
   * Of each device, the last position in each span of {@code everyMillis} within [from, to), spans
   * counted from {@code from}; by order.millis, then device; at most {@code limit}. What a picture
   * of the past, drawn once a span, shows of them.
   *
   * @param everyMillis at least 1
   */
  List<Position> lastOfSpans(long from, long to, long everyMillis, int limit);

  /** The newest position of each device within [from, to), by device; the picture at {@code to}. */
  List<Position> newestWithin(long from, long to);

  /** The newest position of each device that has one, for a start without hot state. */
  List<Position> newest();

  /**
   * Removes what is older (order.millis before {@code sinceMillis}), in whole days of UTC. Who
   * calls it has an allowance, or a person's word: {@link RetentionAllowance}.
   *
   * @return how many days are gone
   */
  int retain(long sinceMillis);

  @Override
  void close();

  /**
   * What became of a batch; the sum is its size.
   *
   * @param added rows that are new
   * @param known rows that were there before
   * @param refused positions that are not kept: their time is before retention, on no day that is
   *     held, or more than a day ahead; or the store can't hold them
   */
  record Outcome(int added, int known, int refused) {}
}

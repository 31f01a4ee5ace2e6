package sightline.history;

/**
 * What retention removes by days of UTC: the same of both stores, so that one rule holds for both.
 * Every call blocks, may come from any thread, and throws {@link HistoryUnavailable}.
 */
public interface Retained {
  /**
   * Where retention is, epoch ms, the start of a day: what is older may be gone, nothing else is.
   * {@link Long#MAX_VALUE} where it never ran.
   */
  long retainedSince();

  /** Notes where retention is; removes nothing. */
  void retainedSince(long millis);

  /** The start of the oldest day that holds anything, epoch ms; {@link Long#MAX_VALUE} if none. */
  long oldestDay();

  /** How much is older than a time: days of positions, or events. */
  long countBefore(long millis);
}

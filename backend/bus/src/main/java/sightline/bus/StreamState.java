package sightline.bus;

/**
 * How far the stream of positions is after a round, by the numbers of its positions, which rise
 * within an epoch. Immutable.
 *
 * @param appended the newest position's number
 * @param stored all up to this one are in history, or were dropped before
 * @param dropped where this round dropped positions over the cap that were not stored: the newest
 *     of them; else 0
 * @param cap how many positions the stream holds before it drops the oldest
 */
public record StreamState(long appended, long stored, long dropped, long cap) {
  /** Before the first round. */
  public static final StreamState EMPTY = new StreamState(0, 0, 0, Integer.MAX_VALUE);

  /** How many positions wait for the recorder. */
  public long waiting() {
    return appended - stored;
  }
}

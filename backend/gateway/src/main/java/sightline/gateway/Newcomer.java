package sightline.gateway;

import org.jspecify.annotations.Nullable;

/**
 * A subscription that waits for its picture. Immutable.
 *
 * @param area what its map shows, or null where it did not ask by that
 * @param events whether it wants events
 * @param since the entry after which it wants them, {@link Attachment#KEEP} where it is, or null
 *     for those from now on
 * @param known whether history was asked about a {@code since} that this gateway has not reached
 * @param whole whether it needs all of its picture, even where a map has only moved
 */
record Newcomer(
    LiveSession session,
    ViewKey key,
    @Nullable Area area,
    boolean events,
    @Nullable Long since,
    boolean known,
    boolean whole) {

  /** A browser's own. */
  static Newcomer of(
      LiveSession session, ViewKey key, @Nullable Area area, boolean events, @Nullable Long since) {
    return new Newcomer(session, key, area, events, since, false, false);
  }

  /** The same picture once more, whole; events go on where they are. */
  Newcomer anew() {
    return new Newcomer(session, key, area, events, Attachment.KEEP, true, true);
  }

  /** The same, needing all of its picture. */
  Newcomer asWhole() {
    return new Newcomer(session, key, area, events, since, known, true);
  }

  /** The same, once history has said whether its entry is real. */
  Newcomer answered(boolean real) {
    return new Newcomer(session, key, area, events, real ? since : null, true, whole);
  }
}

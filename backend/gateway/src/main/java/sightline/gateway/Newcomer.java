package sightline.gateway;

import org.jspecify.annotations.Nullable;

/**
 * A subscription that waits for its snapshot. Immutable.
 *
 * @param area what its map shows, or null where it did not ask by that
 * @param events whether it wants events
 * @param since the entry after which it wants them, or null for those from now on
 * @param known whether history was asked about a {@code since} that this gateway has not reached
 */
record Newcomer(
    LiveSession session,
    ViewKey key,
    @Nullable Area area,
    boolean events,
    @Nullable Long since,
    boolean known) {}

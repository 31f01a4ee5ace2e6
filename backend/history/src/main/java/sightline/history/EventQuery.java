package sightline.history;

import org.jspecify.annotations.Nullable;

/**
 * Which events to find; null is any. Immutable.
 *
 * @param fromMillis timestamp at or after, epoch ms; Long.MIN_VALUE for any
 * @param toMillis timestamp before, epoch ms; Long.MAX_VALUE for any
 * @param device of this device
 * @param type of this type
 * @param severity of this severity
 * @param beforeSeq only entries with a lower number, for the next page; Long.MAX_VALUE for the
 *     first
 * @param limit at most this many
 */
public record EventQuery(
    long fromMillis,
    long toMillis,
    @Nullable String device,
    @Nullable String type,
    @Nullable String severity,
    long beforeSeq,
    int limit) {}

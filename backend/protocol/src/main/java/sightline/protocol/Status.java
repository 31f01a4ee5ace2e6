package sightline.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A status as published on {@code devices/{id}/status} by a device or, as its last will, by the
 * broker. It changes only the fields that it has: null is absent. Immutable.
 *
 * @param online whether the device says that it is there
 * @param timestamp the device's clock, epoch ms; a seed-style will carries its connect time;
 *     negative where it has none
 * @param battery percent, [0, 100]
 * @param signal percent, [0, 100]
 * @param session names the device's current run
 * @param kind {@code vehicle}, {@code sensor}, {@code camera} or the owner's own
 * @param name what people call it
 * @param firmware its version
 */
public record Status(
    boolean online,
    long timestamp,
    @Nullable Integer battery,
    @Nullable Integer signal,
    @Nullable String session,
    @Nullable String kind,
    @Nullable String name,
    @Nullable String firmware) {}

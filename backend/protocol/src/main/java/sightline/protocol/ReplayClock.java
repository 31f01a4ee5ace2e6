package sightline.protocol;

/**
 * Where a replay is; what follows it is as of {@code time}. Immutable; {@link ReplayJson} writes
 * it.
 *
 * @param time the moment that is shown, epoch ms
 * @param from where the replay begins, epoch ms
 * @param to where it ends, epoch ms
 * @param speed times real time
 * @param playing whether time passes
 * @param ended whether {@code to} is reached
 */
public record ReplayClock(
    long time, long from, long to, double speed, boolean playing, boolean ended) {}

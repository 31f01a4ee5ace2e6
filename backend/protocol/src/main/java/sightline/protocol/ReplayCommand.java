package sightline.protocol;

/** What a browser tells {@code /replay}. Immutable; {@link ReplayJson} reads them. */
public sealed interface ReplayCommand {
  /** The fastest replay, times real time. */
  double MAX_SPEED = 60;

  /** Time stands still. */
  record Pause() implements ReplayCommand {}

  /** Time goes on. */
  record Play() implements ReplayCommand {}

  /** Time jumps, epoch ms. */
  record Seek(long time) implements ReplayCommand {}

  /** Time passes so many times as fast as it did, from 1 to {@link #MAX_SPEED}. */
  record Speed(double speed) implements ReplayCommand {}
}

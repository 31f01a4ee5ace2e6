package sightline.gateway;

import sightline.protocol.ReplayClock;
import sightline.protocol.ReplayCommand;

/** Where a replay is in its span, and how its time passes. Owned by the replay's thread. */
final class ReplayPlan {
  /** Real time that passed at once counts up to this: what is longer was a halt. */
  private static final long MAX_STEP_NANOS = 1_000_000_000;

  private final long from;
  private final long to;
  private double at;
  private double speed;
  private boolean playing = true;
  private long lastNanos;

  ReplayPlan(ReplayRequest request, long nowNanos) {
    from = request.from();
    to = request.to();
    at = from;
    speed = request.speed();
    lastNanos = nowNanos;
  }

  /** The moment that is shown, epoch ms: all before it has happened. */
  long at() {
    return (long) at;
  }

  long end() {
    return to;
  }

  double speed() {
    return speed;
  }

  boolean ended() {
    return at >= to;
  }

  ReplayClock clock() {
    return new ReplayClock(at(), from, to, speed, playing && !ended(), ended());
  }

  /** Takes a command; gives whether the moment has jumped. */
  boolean obey(ReplayCommand command) {
    switch (command) {
      case ReplayCommand.Pause pause -> playing = false;
      case ReplayCommand.Play play -> playing = true;
      case ReplayCommand.Speed wanted -> speed = wanted.speed();
      case ReplayCommand.Seek seek -> {
        at = Math.clamp(seek.time(), from, to);
        return true;
      }
    }
    return false;
  }

  /** Lets time pass. */
  void pass(long nowNanos) {
    long passed = Math.min(nowNanos - lastNanos, MAX_STEP_NANOS);
    lastNanos = nowNanos;
    if (playing) {
      at = Math.min((double) to, at + passed / 1e6 * speed);
    }
  }

  /** Real time passed in which the moment stood still. */
  void stand(long nowNanos) {
    lastNanos = nowNanos;
  }
}

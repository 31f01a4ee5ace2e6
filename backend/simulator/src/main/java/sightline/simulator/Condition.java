package sightline.simulator;

import java.util.SplittableRandom;
import sightline.device.Status;

/**
 * A unit's battery, which drains and is charged, and its signal, which drifts. Owned by the thread
 * that moves the units.
 */
final class Condition {
  private static final double SIGNAL_EVERY = 30;

  private final SplittableRandom random;
  private final double drainPerSecond;
  private double battery;
  private double signal;
  private double untilSignal;
  private boolean charging;
  private boolean low;

  /**
   * @param drainPerSecond percent
   */
  Condition(SplittableRandom random, double drainPerSecond) {
    this.random = random;
    this.drainPerSecond = drainPerSecond;
    battery = 30 + random.nextDouble() * 70;
    signal = 50 + random.nextDouble() * 50;
    untilSignal = random.nextDouble() * SIGNAL_EVERY;
  }

  /** Passes time; true when the battery has just become low. */
  boolean advance(double seconds) {
    battery += (charging ? drainPerSecond * 20 : -drainPerSecond) * seconds;
    if (battery <= 8) {
      charging = true;
    } else if (battery >= 98) {
      charging = false;
    }
    untilSignal -= seconds;
    if (untilSignal <= 0) {
      untilSignal = SIGNAL_EVERY;
      signal = Math.clamp(signal + random.nextDouble(-15, 15), 20, 100);
    }
    boolean wasLow = low;
    low = battery < 20;
    return low && !wasLow && !charging;
  }

  /**
   * Whole percents of battery, signal in steps of five: a status is worth sending when it changes.
   */
  Status status() {
    return new Status((int) Math.clamp(battery, 0, 100), (int) (Math.round(signal / 5) * 5));
  }
}

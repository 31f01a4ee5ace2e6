package sightline.drill;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a drill is to do; with the same seed it plans the same. Immutable.
 *
 * @param seed of every random choice
 * @param kills that must count
 * @param rate events a second of all devices together
 * @param devices that send them
 * @param browsers that watch all of them
 * @param recoveredWithin what the 95th percentile of recoveries must keep to
 * @param folder for the data, removed where all went well
 */
record Plan(
    long seed,
    int kills,
    int rate,
    int devices,
    int browsers,
    Duration recoveredWithin,
    Path folder) {
  Plan {
    within("kills", kills, 1, 1_000);
    within("rate", rate, 1, 10_000);
    within("devices", devices, 1, 1_000);
    within("browsers", browsers, 1, 200);
  }

  private static void within(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " must be from " + least + " to " + most + ", not " + value);
    }
  }
}

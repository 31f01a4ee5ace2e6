package sightline.drill;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What a drill is to do; with the same seed it plans the same. Immutable.
 *
 * @param fault that is done
 * @param seed of every random choice
 * @param kills how often it must be done and count
 * @param rate events a second of all devices together
 * @param devices that send them
 * @param browsers that watch all of them
 * @param holds for how long the fault lasts
 * @param recoveredWithin what the 95th percentile of recoveries must keep to
 * @param wholeWithin what the 95th percentile must keep to until every client has everything
 * @param folder for the data, removed where all went well
 */
record Plan(
    Fault fault,
    long seed,
    int kills,
    int rate,
    int devices,
    int browsers,
    Duration holds,
    Duration recoveredWithin,
    Duration wholeWithin,
    Path folder) {
  Plan {
    within("kills", kills, 1, 1_000);
    within("rate", rate, 1, 10_000);
    within("devices", devices, 1, 1_000);
    within("browsers", browsers, 1, 200);
  }

  /** With what the ids of its devices begin. */
  String fleet() {
    return fault.word() + "-";
  }

  private static void within(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          what + " must be from " + least + " to " + most + ", not " + value);
    }
  }
}

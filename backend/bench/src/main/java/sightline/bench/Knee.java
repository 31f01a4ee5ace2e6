package sightline.bench;

import java.util.function.IntPredicate;

/** Finds the most that a system holds: doubles until it does not, then halves. Stateless. */
final class Knee {
  /** The answer is at most this much below the first that is too much. */
  private static final double NEAR = 1.1;

  private Knee() {}

  /**
   * Asks for ever more, and between what was held and what was not.
   *
   * @param holds whether the system holds so many; asked once for each number
   * @return the most that it held, 0 where it did not hold the first, at most {@code most}
   */
  static int find(int first, int most, IntPredicate holds) {
    int held = 0;
    int tooMany = most + 1;
    int next = Math.min(first, most);
    while (next < tooMany && next > held) {
      if (holds.test(next)) {
        held = next;
      } else {
        tooMany = next;
      }
      if (tooMany > most) {
        next = Math.min(most, 2 * held);
      } else if (held == 0 || tooMany <= held * NEAR) {
        return held;
      } else {
        next = (held + tooMany) / 2;
      }
    }
    return held;
  }
}

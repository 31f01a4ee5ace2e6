package sightline.drill;

import java.util.Arrays;
import java.util.List;

/**
 * The faults of one run. Immutable.
 *
 * @param all each of them, in order; those of the production path share one stack
 */
record Faults(List<Fault> all) {
  Faults {
    all = List.copyOf(all);
  }

  /**
   * The fault of a name, several with commas between, or all of the production path.
   *
   * @throws IllegalArgumentException where there is none
   */
  static Faults of(String word) {
    return new Faults(
        word.equals("all")
            ? Fault.onStack()
            : Arrays.stream(word.split(",")).map(Fault::of).toList());
  }

  /** Whether it is the drill of `up`. */
  boolean onUp() {
    return all.equals(List.of(Fault.KILL_ALL));
  }
}

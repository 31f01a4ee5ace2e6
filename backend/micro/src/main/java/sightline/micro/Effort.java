package sightline.micro;

import java.time.Duration;

/**
 * How much is measured. Immutable.
 *
 * @param rounds over all benchmarks, so that a moment of noise meets each only once
 * @param forks JVMs of its own that a benchmark has in a round; with 0 it runs in this one
 * @param warmups iterations before any counts
 * @param iterations that count
 * @param iteration how long each takes
 */
record Effort(int rounds, int forks, int warmups, int iterations, Duration iteration) {
  /** Some six seconds a benchmark and round. */
  static Effort usual(int rounds) {
    return new Effort(rounds, 1, 4, 5, Duration.ofMillis(500));
  }
}

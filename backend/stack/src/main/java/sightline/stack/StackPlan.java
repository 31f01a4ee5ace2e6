package sightline.stack;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a stack is made of. Immutable.
 *
 * @param gateways how many
 * @param bridges how many, of which one is active
 * @param simulated units of a simulated fleet, 0: none
 * @param plain whether the broker has a loopback listener without TLS too
 * @param probeEvery from one of the probe's measurements to the next
 * @param rehearsal where the JVM writes down what the roles load, all of them in one process; null:
 *     each is a process
 * @param stepClocks whether each part's wall clock can be stepped by a file
 */
record StackPlan(
    int gateways,
    int bridges,
    int simulated,
    boolean plain,
    Duration probeEvery,
    @Nullable Path rehearsal,
    boolean stepClocks) {
  /** Often enough to see in a minute whether all comes through, and no load. */
  private static final Duration USUAL_PROBE = Duration.ofSeconds(5);

  /** A process for each role. */
  static StackPlan of(int gateways, int bridges, int simulated, boolean plain) {
    return new StackPlan(gateways, bridges, simulated, plain, USUAL_PROBE, null, false);
  }

  /** One of each, for as long as it takes. */
  static StackPlan rehearsing(Path cache) {
    return new StackPlan(1, 1, 0, false, USUAL_PROBE, cache, false);
  }

  /** The same with clocks that can be stepped. */
  StackPlan withStepClocks() {
    return new StackPlan(gateways, bridges, simulated, plain, probeEvery, rehearsal, true);
  }
}

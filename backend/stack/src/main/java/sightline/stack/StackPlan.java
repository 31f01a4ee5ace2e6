package sightline.stack;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a stack is made of. Immutable.
 *
 * @param gateways how many
 * @param bridges how many, of which one is active
 * @param simulated units of a simulated fleet, 0: none
 * @param plain whether the broker has a loopback listener without TLS too
 * @param rehearsal where the JVM writes down what the roles load, all of them in one process; null:
 *     each is a process
 */
record StackPlan(
    int gateways, int bridges, int simulated, boolean plain, @Nullable Path rehearsal) {
  /** One of each, for as long as it takes. */
  static StackPlan rehearsing(Path cache) {
    return new StackPlan(1, 1, 0, false, cache);
  }
}

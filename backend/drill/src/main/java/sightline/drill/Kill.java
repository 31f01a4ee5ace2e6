package sightline.drill;

import java.util.OptionalLong;

/**
 * One kill, or another fault, and what followed. Immutable.
 *
 * @param unacknowledged events that were under way when it struck, and were not answered after
 * @param recovering whether it struck before all was whole again after the one before
 * @param recoveredNanos from the start of the new process to a fresh position on a browser; empty
 *     where the next kill came first
 * @param wholeNanos from the same start until every client was back with everything; likewise
 */
record Kill(
    int unacknowledged, boolean recovering, OptionalLong recoveredNanos, OptionalLong wholeNanos) {
  /** The same kill, and what is known of it now. */
  Kill recovered(OptionalLong newRecoveredNanos, OptionalLong newWholeNanos) {
    return new Kill(unacknowledged, recovering, newRecoveredNanos, newWholeNanos);
  }

  /** Whether it is known how long it took until all was whole. */
  boolean isWhole() {
    return wholeNanos.isPresent();
  }

  /** Whether there was anything to lose. */
  boolean counts() {
    return unacknowledged > 0;
  }
}

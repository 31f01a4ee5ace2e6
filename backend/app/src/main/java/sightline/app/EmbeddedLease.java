package sightline.app;

import sightline.bridge.Lease;

/**
 * The lease of a bridge whose data directory's lock keeps every other one out. Immutable.
 *
 * @param token above those of earlier starts
 */
record EmbeddedLease(long token) implements Lease {
  @Override
  public boolean holds() {
    return true;
  }
}

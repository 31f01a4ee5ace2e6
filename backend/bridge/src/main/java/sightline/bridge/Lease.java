package sightline.bridge;

/** The right to be the one active bridge; whoever wires the bridge got it before. Any thread. */
public interface Lease {
  /** Higher than that of every earlier holder, by which theirs is refused. It never changes. */
  long token();

  /**
   * Whether it is known to be still this bridge's: before each connection to the broker, so that
   * one that slept does not take the session from its successor. Blocks for a round trip or two.
   */
  boolean holds();
}

package sightline.bridge;

/** A lease that nobody else wants. */
record Held(long token) implements Lease {
  @Override
  public boolean holds() {
    return true;
  }
}

package sightline.gateway;

/**
 * How much of the hub's time somebody may still have: it grows steadily up to a bound, and may be
 * overdrawn once by what a piece of work cost, which nobody knows before. Owned by the hub's
 * thread.
 */
final class Credit {
  private final double share;
  private final double mostNanos;
  private double leftNanos;
  private long atNanos;

  /**
   * A full one.
   *
   * @param share of the hub's time, 0 to 1
   * @param mostNanos what gathers while it is not used
   */
  Credit(double share, long mostNanos, long nowNanos) {
    this.share = share;
    this.mostNanos = mostNanos;
    leftNanos = mostNanos;
    atNanos = nowNanos;
  }

  boolean has(long nowNanos) {
    grow(nowNanos);
    return leftNanos > 0;
  }

  boolean full(long nowNanos) {
    grow(nowNanos);
    return leftNanos >= mostNanos;
  }

  void spend(long nanos) {
    leftNanos -= nanos;
  }

  private void grow(long nowNanos) {
    leftNanos = Math.min(mostNanos, leftNanos + (nowNanos - atNanos) * share);
    atNanos = nowNanos;
  }
}

package sightline.protocol;

/**
 * The rank of a position among those of its device: by time, then by sequence number. The bridge
 * makes it and everybody carries it; nobody else compares clocks. Immutable, so any thread may hold
 * one.
 *
 * @param millis the device's time, or the time received where its clock is skewed (epoch ms)
 * @param seq the device's own sequence number, else 0; with a received time, the bridge's counter
 */
public record Order(long millis, long seq) implements Comparable<Order> {
  /** Before every position. */
  public static final Order NONE = new Order(Long.MIN_VALUE, 0);

  /** Before every position of a time (epoch ms), and after those of the times before. */
  public static Order before(long millis) {
    return new Order(millis, Long.MIN_VALUE);
  }

  @Override
  public int compareTo(Order other) {
    int byTime = Long.compare(millis, other.millis);
    return byTime != 0 ? byTime : Long.compare(seq, other.seq);
  }

  /** Whether this one is strictly newer. */
  public boolean isAfter(Order other) {
    return compareTo(other) > 0;
  }
}

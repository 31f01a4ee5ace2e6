package sightline.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A device as a browser sees it, whole; absent numbers are NaN, absent words null. Immutable.
 *
 * @param id the device's id
 * @param timestamp its newest position's order.millis, or its status's time before the first, epoch
 *     ms
 * @param received when that was received, epoch ms
 * @param name what people call it
 * @param kind {@code vehicle}, {@code sensor}, {@code camera} or the owner's own
 * @param groups the groups that it belongs to
 * @param state what it is doing
 * @param alarm whether it has a critical event that nobody has acknowledged
 * @param skewed whether its clock is not believed
 * @param lat degrees
 * @param lon degrees
 * @param heading degrees
 * @param speed metres per second
 * @param accuracy metres
 * @param altitude metres
 * @param battery percent
 * @param signal percent
 */
public record DeviceView(
    String id,
    long timestamp,
    long received,
    @Nullable String name,
    @Nullable String kind,
    List<String> groups,
    DeviceState state,
    boolean alarm,
    boolean skewed,
    double lat,
    double lon,
    double heading,
    double speed,
    double accuracy,
    double altitude,
    @Nullable Integer battery,
    @Nullable Integer signal) {

  /** Position and its received time. */
  public static final int POSITION = 1;

  /** The bit of {@link #name}. */
  public static final int NAME = 1 << 1;

  /** The bit of {@link #kind}. */
  public static final int KIND = 1 << 2;

  /** The bit of {@link #groups}. */
  public static final int GROUPS = 1 << 3;

  /** The bit of {@link #state}. */
  public static final int STATE = 1 << 4;

  /** The bit of {@link #alarm}. */
  public static final int ALARM = 1 << 5;

  /** The bit of {@link #skewed}. */
  public static final int SKEWED = 1 << 6;

  /** The bit of {@link #battery}. */
  public static final int BATTERY = 1 << 7;

  /** The bit of {@link #signal}. */
  public static final int SIGNAL = 1 << 8;

  /** The bit of {@link #received} without a position. */
  public static final int RECEIVED = 1 << 9;

  /**
   * Accuracy or altitude: for a wire that leaves them out of a position while they stay the same.
   */
  public static final int EXTENT = 1 << 10;

  /** Every field. */
  public static final int ALL = (1 << 11) - 1;
}

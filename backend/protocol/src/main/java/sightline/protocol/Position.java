package sightline.protocol;

/**
 * A position that the bridge accepted, with the order that it gave it. Immutable.
 *
 * @param device the device's id
 * @param order its rank among the device's positions; {@code order.millis} is its time for everyone
 * @param received when the bridge received it, epoch ms
 * @param deviceTime the device's own timestamp, epoch ms, also where its clock is skewed
 * @param skewed whether the device's clock was not believed
 * @param lat degrees WGS84, [-90, 90]
 * @param lon degrees WGS84, [-180, 180]
 * @param heading degrees clockwise from true north, [0, 360), or NaN where not given
 * @param speed metres per second, or NaN
 * @param accuracy metres, or NaN
 * @param altitude metres, or NaN
 */
public record Position(
    String device,
    Order order,
    long received,
    long deviceTime,
    boolean skewed,
    double lat,
    double lon,
    double heading,
    double speed,
    double accuracy,
    double altitude) {

  /** The location as received, ranked. */
  public static Position of(
      String device, Location location, Order order, long received, boolean skewed) {
    return new Position(
        device,
        order,
        received,
        location.timestamp(),
        skewed,
        location.lat(),
        location.lon(),
        location.heading(),
        location.speed(),
        location.accuracy(),
        location.altitude());
  }
}

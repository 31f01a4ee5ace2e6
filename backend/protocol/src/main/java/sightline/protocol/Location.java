package sightline.protocol;

/**
 * One location as a device published it on {@code devices/{id}/location}; absent numbers are NaN,
 * an absent {@code seq} is 0. Immutable.
 *
 * @param timestamp the device's clock, epoch ms
 * @param lat degrees WGS84, [-90, 90]
 * @param lon degrees WGS84, [-180, 180]
 * @param heading degrees clockwise from true north, [0, 360), or NaN
 * @param speed metres per second, not negative, or NaN
 * @param accuracy metres, not negative, or NaN
 * @param altitude metres, or NaN
 * @param seq the device's own sequence number, not negative, or 0
 */
public record Location(
    long timestamp,
    double lat,
    double lon,
    double heading,
    double speed,
    double accuracy,
    double altitude,
    long seq) {}

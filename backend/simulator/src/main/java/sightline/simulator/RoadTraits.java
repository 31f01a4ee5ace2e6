package sightline.simulator;

/**
 * What a road is like. Immutable, for any thread.
 *
 * @param name empty where it has none
 * @param maxSpeedKmh as signed, or 0 where nothing is
 * @param oneway drivable from its first point to its last only
 * @param cars whether vehicles may use it
 */
record RoadTraits(
    RoadClass roadClass,
    String name,
    int maxSpeedKmh,
    boolean oneway,
    boolean tunnel,
    boolean cars) {

  /** The limit for vehicles, metres per second. */
  double limitMps() {
    return (maxSpeedKmh > 0 ? maxSpeedKmh : roadClass.carKmh()) / 3.6;
  }
}

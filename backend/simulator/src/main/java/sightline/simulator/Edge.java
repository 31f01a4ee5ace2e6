package sightline.simulator;

/**
 * A stretch of road between two junctions, with its shape in metres east and north of the network's
 * origin. Immutable, for any thread.
 */
final class Edge {
  private final int index;
  private final int from;
  private final int to;
  private final RoadTraits traits;
  private final double[] east;
  private final double[] north;
  private final double[] along;

  Edge(int index, int from, int to, RoadTraits traits, double[] east, double[] north) {
    this.index = index;
    this.from = from;
    this.to = to;
    this.traits = traits;
    this.east = east;
    this.north = north;
    along = new double[east.length];
    for (int i = 1; i < east.length; i++) {
      along[i] = along[i - 1] + Math.hypot(east[i] - east[i - 1], north[i] - north[i - 1]);
    }
  }

  /** Its place in {@link RoadNetwork#edges}. */
  int index() {
    return index;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  RoadTraits traits() {
    return traits;
  }

  /** Metres. */
  double length() {
    return along[along.length - 1];
  }

  /** How many points its shape has, both ends included. */
  int points() {
    return east.length;
  }

  double east(int point) {
    return east[point];
  }

  double north(int point) {
    return north[point];
  }

  /** Metres from its start to a point of its shape. */
  double along(int point) {
    return along[point];
  }

  /** The segment (0 to points − 2) in which a distance from the start lies. */
  int segmentAt(double metres) {
    int low = 0;
    int high = along.length - 2;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (along[middle] <= metres) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Degrees clockwise from north in which a segment runs. */
  double bearing(int segment) {
    double degrees =
        Math.toDegrees(
            Math.atan2(east[segment + 1] - east[segment], north[segment + 1] - north[segment]));
    return degrees < 0 ? degrees + 360 : degrees;
  }
}

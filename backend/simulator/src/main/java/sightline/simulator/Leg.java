package sightline.simulator;

/**
 * An edge, gone in one of its two directions; distances count from where it is entered. Immutable,
 * for any thread.
 */
record Leg(Edge edge, boolean forward) {

  /** The junction where it is entered. */
  int start() {
    return forward ? edge.from() : edge.to();
  }

  /** The junction where it is left. */
  int end() {
    return forward ? edge.to() : edge.from();
  }

  double length() {
    return edge.length();
  }

  Leg reversed() {
    return new Leg(edge, !forward);
  }

  /** How many corners its shape has between its ends. */
  int corners() {
    return edge.points() - 2;
  }

  /** Metres to a corner, 0 the first one met. */
  double cornerAt(int corner) {
    return forward
        ? edge.along(corner + 1)
        : edge.length() - edge.along(edge.points() - 2 - corner);
  }

  /** By how many degrees it turns at a corner. */
  double cornerDegrees(int corner) {
    int point = forward ? corner + 1 : edge.points() - 2 - corner;
    return turn(edge.bearing(point - 1), edge.bearing(point));
  }

  double eastAt(double metres) {
    double along = forward ? metres : edge.length() - metres;
    int segment = edge.segmentAt(along);
    return edge.east(segment)
        + share(segment, along) * (edge.east(segment + 1) - edge.east(segment));
  }

  double northAt(double metres) {
    double along = forward ? metres : edge.length() - metres;
    int segment = edge.segmentAt(along);
    return edge.north(segment)
        + share(segment, along) * (edge.north(segment + 1) - edge.north(segment));
  }

  /** Degrees clockwise from north. */
  double headingAt(double metres) {
    return heading(edge.segmentAt(forward ? metres : edge.length() - metres));
  }

  double headingAtStart() {
    return heading(forward ? 0 : edge.points() - 2);
  }

  double headingAtEnd() {
    return heading(forward ? edge.points() - 2 : 0);
  }

  /** The angle between two headings, 0 to 180 degrees. */
  static double turn(double from, double to) {
    double difference = Math.abs(from - to) % 360;
    return difference > 180 ? 360 - difference : difference;
  }

  private double heading(int segment) {
    double bearing = edge.bearing(segment);
    return forward ? bearing : (bearing + 180) % 360;
  }

  private double share(int segment, double along) {
    double length = edge.along(segment + 1) - edge.along(segment);
    return length == 0 ? 0 : Math.min(1, (along - edge.along(segment)) / length);
  }
}

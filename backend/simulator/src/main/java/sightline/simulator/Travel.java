package sightline.simulator;

/** How somebody goes, and so which roads, which way and how fast. Immutable, for any thread. */
enum Travel {
  CAR(2.0, 2.5) {
    @Override
    boolean allows(Leg leg) {
      RoadTraits traits = leg.edge().traits();
      return traits.cars() && (leg.forward() || !traits.oneway());
    }

    @Override
    double limitMps(Edge edge) {
      return edge.traits().limitMps();
    }
  },
  FOOT(0.8, 1.0) {
    @Override
    boolean allows(Leg leg) {
      return true;
    }

    @Override
    double limitMps(Edge edge) {
      return 1.4;
    }
  };

  private final double acceleration;
  private final double braking;

  Travel(double acceleration, double braking) {
    this.acceleration = acceleration;
    this.braking = braking;
  }

  /** Whether this leg may be gone at all. */
  abstract boolean allows(Leg leg);

  /** Metres per second. */
  abstract double limitMps(Edge edge);

  /** Metres per second, per second. */
  double acceleration() {
    return acceleration;
  }

  /** Metres per second, per second. */
  double braking() {
    return braking;
  }

  /** How fast to go round a corner of so many degrees, metres per second. */
  static double cornerMps(double degrees) {
    return degrees < 8 ? Double.POSITIVE_INFINITY : 4 * Math.pow(90 / degrees, 0.75);
  }
}

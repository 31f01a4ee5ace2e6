package sightline.simulator;

import java.util.List;
import java.util.SplittableRandom;
import sightline.device.Event;
import sightline.device.Location;
import sightline.device.Status;

/**
 * A patrol car: drives from place to place, gives way, takes breaks, and now and then runs with its
 * light bar on, faster than the limit. Owned by the thread that moves the units.
 */
final class Vehicle implements Unit {
  private static final double HASTE = 1.3;

  private final String id;
  private final String name;
  private final SplittableRandom random;
  private final Router router;
  private final Coverage coverage;
  private final Motion motion;
  private final Condition condition;
  private final Happenings happenings = new Happenings();
  private double lightBarFor;
  private boolean spedThisRun;

  Vehicle(
      String id, String name, SplittableRandom random, Router router, Coverage coverage, Leg leg) {
    this.id = id;
    this.name = name;
    this.random = random;
    this.router = router;
    this.coverage = coverage;
    motion = new Motion(Travel.CAR, leg, random.nextDouble() * leg.length());
    condition = new Condition(random, 1.0 / 240);
    depart();
  }

  @Override
  public void advance(double seconds) {
    if (condition.advance(seconds)) {
      happenings.add("trigger", "warning", "Battery low", location());
    }
    if (lightBarFor > 0) {
      lightBarFor -= seconds;
      if (lightBarFor <= 0) {
        motion.haste(1);
      }
    }
    for (double left = seconds; left > 0; ) {
      left = motion.advance(left);
      if (motion.arrived()) {
        motion.pause(random.nextDouble() < 0.3 ? random.nextDouble(20, 120) : 4);
        depart();
      } else if (motion.takeEntered()) {
        giveWay();
      }
    }
    if (lightBarFor > 0 && !spedThisRun && motion.speed() > 1.1 * limit()) {
      spedThisRun = true;
      happenings.add("alert", "warning", "Speeding", location());
    }
  }

  private void depart() {
    Leg leg = motion.leg();
    motion.follow(router.route(leg, router.destination(leg.end(), Travel.CAR, random), Travel.CAR));
  }

  /** On a new leg: decides whether to stop where it ends, mostly before a more important road. */
  private void giveWay() {
    RoadClass here = motion.leg().edge().traits().roadClass();
    RoadClass next = motion.next().edge().traits().roadClass();
    double chance = next.compareTo(here) < 0 ? 0.5 : 0.03;
    if (lightBarFor <= 0 && random.nextDouble() < chance) {
      motion.stopAtEnd(random.nextDouble(1, 5));
    }
  }

  private double limit() {
    return Travel.CAR.limitMps(motion.leg().edge());
  }

  @Override
  public void alarm() {
    happenings.add("alert", "critical", "Panic button", location());
  }

  @Override
  public void everyday() {
    if (lightBarFor <= 0) {
      lightBarFor = random.nextDouble(45, 150);
      spedThisRun = false;
      motion.haste(HASTE);
      happenings.add("trigger", "info", "Light bar on", location());
    }
  }

  @Override
  public Location location() {
    Leg leg = motion.leg();
    double at = motion.at();
    return Location.at(RoadNetwork.lat(leg.northAt(at)), RoadNetwork.lon(leg.eastAt(at)))
        .moving(leg.headingAt(at), motion.speed())
        .accurateTo(4);
  }

  /** How much faster than the limit it may go now. */
  double haste() {
    return lightBarFor > 0 ? HASTE : 1;
  }

  /** What it is on. */
  Edge edge() {
    return motion.leg().edge();
  }

  @Override
  public boolean covered() {
    return coverage.reaches(edge());
  }

  @Override
  public boolean reports() {
    return true;
  }

  @Override
  public Status status() {
    return condition.status();
  }

  @Override
  public List<Event> takeEvents() {
    return happenings.take();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String kind() {
    return "vehicle";
  }
}

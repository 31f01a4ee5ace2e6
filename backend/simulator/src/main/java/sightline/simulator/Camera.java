package sightline.simulator;

import java.util.List;
import java.util.SplittableRandom;
import sightline.device.Event;
import sightline.device.Location;
import sightline.device.Status;

/**
 * A body camera: walks about its quarter, and stands a while where it gets to. Owned by the thread
 * that moves the units.
 */
final class Camera implements Unit {
  private final String id;
  private final String name;
  private final SplittableRandom random;
  private final Router router;
  private final Coverage coverage;
  private final Motion motion;
  private final Condition condition;
  private final Happenings happenings = new Happenings();

  Camera(
      String id, String name, SplittableRandom random, Router router, Coverage coverage, Leg leg) {
    this.id = id;
    this.name = name;
    this.random = random;
    this.router = router;
    this.coverage = coverage;
    motion = new Motion(Travel.FOOT, leg, random.nextDouble() * leg.length());
    condition = new Condition(random, 1.0 / 90);
    depart();
  }

  @Override
  public void advance(double seconds) {
    if (condition.advance(seconds)) {
      happenings.add("trigger", "warning", "Battery low", location());
    }
    for (double left = seconds; left > 0; ) {
      left = motion.advance(left);
      if (motion.arrived()) {
        motion.pause(random.nextDouble(5, 60));
        depart();
      }
    }
  }

  private void depart() {
    Leg leg = motion.leg();
    motion.follow(
        router.route(leg, router.destination(leg.end(), Travel.FOOT, random), Travel.FOOT));
  }

  @Override
  public void alarm() {
    happenings.add("alert", "critical", "Officer down", location());
  }

  @Override
  public void everyday() {
    happenings.add("trigger", "info", "Recording started", location());
  }

  @Override
  public Location location() {
    Leg leg = motion.leg();
    double at = motion.at();
    return Location.at(RoadNetwork.lat(leg.northAt(at)), RoadNetwork.lon(leg.eastAt(at)))
        .moving(leg.headingAt(at), motion.speed())
        .accurateTo(6);
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
    return "camera";
  }
}

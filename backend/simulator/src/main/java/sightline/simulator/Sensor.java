package sightline.simulator;

import java.util.List;
import java.util.SplittableRandom;
import sightline.device.Event;
import sightline.device.Location;
import sightline.device.Status;

/**
 * A sensor at a barrier: stays where it is and says so every few seconds. Owned by the thread that
 * moves the units.
 */
final class Sensor implements Unit {
  private static final double REPORT_EVERY = 5;

  private final String id;
  private final String name;
  private final Location location;
  private final Condition condition;
  private final Happenings happenings = new Happenings();
  private double sinceReport;
  private boolean reports;

  Sensor(String id, String name, SplittableRandom random, Leg leg) {
    this.id = id;
    this.name = name;
    double at = random.nextDouble() * leg.length();
    location =
        Location.at(RoadNetwork.lat(leg.northAt(at)), RoadNetwork.lon(leg.eastAt(at)))
            .moving(leg.headingAt(at), 0)
            .accurateTo(2);
    condition = new Condition(random, 1.0 / 900);
    sinceReport = REPORT_EVERY;
  }

  @Override
  public void advance(double seconds) {
    if (condition.advance(seconds)) {
      happenings.add("trigger", "warning", "Battery low", location);
    }
    sinceReport += seconds;
    reports = sinceReport >= REPORT_EVERY;
    if (reports) {
      sinceReport -= REPORT_EVERY;
    }
  }

  @Override
  public void alarm() {
    happenings.add("incident", "critical", "Barrier forced", location);
  }

  @Override
  public void everyday() {
    happenings.add("trigger", "info", "Barrier opened", location);
  }

  @Override
  public Location location() {
    return location;
  }

  @Override
  public boolean covered() {
    return true;
  }

  @Override
  public boolean reports() {
    return reports;
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
    return "sensor";
  }
}

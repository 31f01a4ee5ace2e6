package sightline.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * All units of a fleet, moved on by a clock of their own: the same seed gives the same movement,
 * whenever and however fast the steps are taken. Owned by the thread that moves the units.
 */
final class World {
  private static final int EVERYDAY_PER_CRITICAL = 15;
  private static final int KINDS = 3;
  private static final String LETTERS = "VCS";

  private final List<Unit> units = new ArrayList<>();
  private final SplittableRandom incidents;
  private final double criticalEvery;
  private double untilCritical;
  private double untilEveryday;

  World(RoadNetwork network, int size, long seed, Duration criticalEvery) {
    SplittableRandom root = new SplittableRandom(seed);
    incidents = root.split();
    this.criticalEvery = criticalEvery.toMillis() / 1_000.0;
    Coverage coverage = new Coverage(network, root.nextLong());
    Router router = new Router(network);
    Places driven = new Places(network, Travel.CAR);
    Places walked = new Places(network, Travel.FOOT);
    int[] counts = new int[KINDS];
    List<String> ids = ids(size);
    for (int i = 0; i < size; i++) {
      SplittableRandom random = root.split();
      String id = ids.get(i);
      switch (kindOf(i)) {
        case 0 -> {
          Leg leg = driven.pick(random);
          String name = "Patrol " + region(leg) + " " + ++counts[0];
          units.add(new Vehicle(id, name, random, router, coverage, leg));
        }
        case 1 -> {
          Leg leg = walked.pick(random);
          String name = "Camera " + region(leg) + " " + ++counts[1];
          units.add(new Camera(id, name, random, router, coverage, leg));
        }
        default -> {
          Leg leg = driven.pick(random);
          String name = "Barrier " + street(leg) + " " + ++counts[2];
          units.add(new Sensor(id, name, random, leg));
        }
      }
    }
    untilCritical = wait(this.criticalEvery);
    untilEveryday = wait(this.criticalEvery / EVERYDAY_PER_CRITICAL);
  }

  List<Unit> units() {
    return units;
  }

  /** Lets what happens to some unit or other in so much time happen. The units themselves stay. */
  void happen(double seconds) {
    untilCritical -= seconds;
    if (untilCritical <= 0) {
      untilCritical += wait(criticalEvery);
      anyone().alarm();
    }
    untilEveryday -= seconds;
    if (untilEveryday <= 0) {
      untilEveryday += wait(criticalEvery / EVERYDAY_PER_CRITICAL);
      anyone().everyday();
    }
  }

  private Unit anyone() {
    return units.get(incidents.nextInt(units.size()));
  }

  /** The time to the next of things that happen at random, so many seconds apart on average. */
  private double wait(double average) {
    return -Math.log(1 - incidents.nextDouble()) * average;
  }

  /** Of ten units seven are vehicles, two cameras and one a sensor; the first is a vehicle. */
  private static int kindOf(int index) {
    int place = index % 10;
    return place == 9 ? 2 : place == 3 || place == 6 ? 1 : 0;
  }

  /** The ids of so many units, in their order. */
  static List<String> ids(int size) {
    List<String> ids = new ArrayList<>();
    int[] counts = new int[KINDS];
    for (int i = 0; i < size; i++) {
      int kind = kindOf(i);
      ids.add(LETTERS.charAt(kind) + String.format(Locale.ROOT, "-%03d", ++counts[kind]));
    }
    return ids;
  }

  private static String region(Leg leg) {
    double lat = RoadNetwork.lat(leg.northAt(0));
    return lat > 47.19 ? "North" : lat < 47.11 ? "South" : "Central";
  }

  private static String street(Leg leg) {
    String name = leg.edge().traits().name();
    return name.isEmpty() ? region(leg) : name;
  }
}

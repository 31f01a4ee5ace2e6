package sightline.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import sightline.device.Event;
import sightline.device.Location;

class WorldTest {
  private static final RoadNetwork NETWORK = RoadNetwork.shipped();
  private static final double STEP = 0.5;

  @Test
  void theSameSeedMovesTheSameAndAnotherDoesNot() {
    assertEquals(log(7), log(7));
    assertNotEquals(log(7), log(8));
  }

  @Test
  void ofTenUnitsSevenAreVehiclesTwoCamerasAndOneASensor() {
    World world = world(50, 1);
    assertEquals(35, world.units().stream().filter(Vehicle.class::isInstance).count());
    assertEquals(10, world.units().stream().filter(Camera.class::isInstance).count());
    assertEquals(5, world.units().stream().filter(Sensor.class::isInstance).count());
    assertEquals(50, world.units().stream().map(Unit::id).distinct().count());
    assertEquals(Fleet.ids(50), world.units().stream().map(Unit::id).toList());
    assertEquals("V-001", world.units().getFirst().id());
    assertTrue(world.units().getFirst().name().startsWith("Patrol "));
  }

  @Test
  void everyPositionIsWithinTwoMetresOfTheRoadThatTheUnitIsOn() {
    World world = world(60, 3);
    for (int step = 0; step < 600; step++) {
      for (Unit unit : world.units()) {
        unit.advance(STEP);
        Edge edge = edge(unit);
        if (edge != null) {
          double metres = distance(unit.location(), edge);
          assertTrue(metres < 2, unit.id() + " is " + metres + " m off its road");
        }
      }
    }
  }

  @Test
  void vehiclesKeepToTheLimitOrBrakeToItAfterTheLightBarAndNobodyJumps() {
    World world = world(60, 4);
    List<Location> last = new ArrayList<>(world.units().stream().map(Unit::location).toList());
    double fastest = 0;
    for (int step = 0; step < 1_200; step++) {
      world.happen(STEP);
      for (int i = 0; i < last.size(); i++) {
        Unit unit = world.units().get(i);
        unit.advance(STEP);
        Location now = unit.location();
        Location before = last.set(i, now);
        double moved = metres(before, now);
        if (unit instanceof Vehicle vehicle) {
          double limit = vehicle.edge().traits().limitMps() * vehicle.haste();
          boolean braking = now.speed() < before.speed();
          assertTrue(
              now.speed() <= limit + 1e-6 || braking,
              unit.id() + ": " + now.speed() + " > " + limit);
          fastest = Math.max(fastest, now.speed());
          assertTrue(moved <= 80 / 3.6 * 1.3 * STEP + 0.5, unit.id() + " jumped " + moved + " m");
        } else {
          assertTrue(now.speed() <= 1.4 && moved <= 1.4 * STEP + 0.1, unit.id() + " " + moved);
        }
      }
    }
    assertTrue(fastest > 15, "nobody drove faster than " + fastest + " m/s");
  }

  @Test
  void vehiclesGetAboutAndSlowDownAndStop() {
    World world = world(20, 5);
    Set<String> streets = new HashSet<>();
    int standing = 0;
    int slow = 0;
    int fast = 0;
    for (int step = 0; step < 2_400; step++) {
      for (Unit unit : world.units()) {
        unit.advance(STEP);
        if (unit instanceof Vehicle vehicle) {
          streets.add(vehicle.edge().traits().name());
          double speed = unit.location().speed();
          standing += speed == 0 ? 1 : 0;
          slow += speed > 0 && speed < 6 ? 1 : 0;
          fast += speed >= 6 ? 1 : 0;
        }
      }
    }
    int all = standing + slow + fast;
    assertTrue(streets.size() > 60, streets.size() + " streets");
    assertTrue(
        standing > all / 50 && slow > all / 50 && fast > all / 4,
        standing + " standing, " + slow + " slow, " + fast + " fast");
  }

  @Test
  void unitsDropOffTheNetworkAndComeBack() {
    World world = world(100, 6);
    Set<String> dropped = new HashSet<>();
    Set<String> back = new HashSet<>();
    for (int step = 0; step < 2_400; step++) {
      for (Unit unit : world.units()) {
        unit.advance(STEP);
        if (!unit.covered()) {
          dropped.add(unit.id());
        } else if (dropped.contains(unit.id())) {
          back.add(unit.id());
        }
      }
    }
    assertTrue(dropped.size() >= 3, dropped + " dropped off");
    assertTrue(back.size() >= 2, back + " came back");
  }

  @Test
  void thingsHappenAtTheRateThatIsAsked() {
    World world = world(100, 7);
    List<Event> events = new ArrayList<>();
    for (int step = 0; step < 36_000; step++) {
      world.happen(0.1);
      if (step % 5 == 0) {
        for (Unit unit : world.units()) {
          unit.advance(STEP);
          events.addAll(unit.takeEvents());
        }
      }
    }
    long critical = events.stream().filter(e -> "critical".equals(e.severity())).count();
    assertTrue(critical >= 10 && critical <= 35, critical + " critical in an hour, 20 asked");
    Set<String> messages = new HashSet<>();
    events.forEach(event -> messages.add(String.valueOf(event.message())));
    assertTrue(
        messages.containsAll(
            Set.of(
                "Panic button",
                "Light bar on",
                "Speeding",
                "Recording started",
                "Barrier opened",
                "Battery low")),
        messages.toString());
  }

  private static World world(int size, long seed) {
    return new World(NETWORK, size, seed, Duration.ofMinutes(3));
  }

  private static List<String> log(long seed) {
    World world = world(20, seed);
    List<String> log = new ArrayList<>();
    for (int step = 0; step < 400; step++) {
      world.happen(STEP);
      for (Unit unit : world.units()) {
        unit.advance(STEP);
        log.add(unit.id() + unit.location() + unit.status() + unit.takeEvents());
      }
    }
    return log;
  }

  private static @Nullable Edge edge(Unit unit) {
    return switch (unit) {
      case Vehicle vehicle -> vehicle.edge();
      case Camera camera -> camera.edge();
      case Sensor _ -> null;
    };
  }

  private static double distance(Location location, Edge edge) {
    double east = RoadNetwork.east(location.lon());
    double north = RoadNetwork.north(location.lat());
    double nearest = Double.POSITIVE_INFINITY;
    for (int i = 0; i + 1 < edge.points(); i++) {
      double dx = edge.east(i + 1) - edge.east(i);
      double dy = edge.north(i + 1) - edge.north(i);
      double length = dx * dx + dy * dy;
      double share = ((east - edge.east(i)) * dx + (north - edge.north(i)) * dy) / length;
      double t = length == 0 ? 0 : Math.clamp(share, 0, 1);
      nearest =
          Math.min(
              nearest, Math.hypot(east - edge.east(i) - t * dx, north - edge.north(i) - t * dy));
    }
    return nearest;
  }

  private static double metres(Location a, Location b) {
    return Math.hypot(
        RoadNetwork.east(a.lon()) - RoadNetwork.east(b.lon()),
        RoadNetwork.north(a.lat()) - RoadNetwork.north(b.lat()));
  }
}

package sightline.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RoadNetworkTest {
  private static final RoadNetwork NETWORK = RoadNetwork.shipped();

  @Test
  void aVehicleCanGetFromAnywhereToAnywhere() {
    BitSet drivable = new BitSet();
    for (Edge edge : NETWORK.edges()) {
      if (edge.traits().cars()) {
        drivable.set(edge.from());
        drivable.set(edge.to());
      }
    }
    int start = drivable.nextSetBit(0);
    assertEquals(drivable, reached(start, leg -> leg));
    assertEquals(drivable, reached(start, Leg::reversed));
    assertTrue(drivable.cardinality() > 2_000, drivable.cardinality() + " junctions");
  }

  @Test
  void itIsTheWholeCountryWithNamesLimitsOneWaysAndTunnels() {
    List<Edge> roads = NETWORK.edges().stream().filter(e -> e.traits().cars()).toList();
    double kilometres = roads.stream().mapToDouble(Edge::length).sum() / 1_000;
    assertTrue(kilometres > 300 && kilometres < 900, kilometres + " km of roads");
    assertTrue(roads.stream().anyMatch(e -> e.traits().name().equals("Landstrasse")));
    assertTrue(roads.stream().anyMatch(e -> e.traits().maxSpeedKmh() == 80));
    assertTrue(roads.stream().anyMatch(e -> e.traits().oneway()));
    assertTrue(roads.stream().anyMatch(e -> e.traits().tunnel()));
    for (Edge edge : NETWORK.edges()) {
      for (int point = 0; point < edge.points(); point++) {
        double lat = RoadNetwork.lat(edge.north(point));
        double lon = RoadNetwork.lon(edge.east(point));
        assertTrue(lat > 47.04 && lat < 47.28 && lon > 9.47 && lon < 9.64, lat + " " + lon);
      }
    }
  }

  @Test
  void waysAreCutAtJunctionsAndWhatTrapsAVehicleIsForPeopleOnFootOnly() throws Exception {
    Opl opl =
        Opl.read(
            new BufferedReader(
                new StringReader(
                    """
                    n1 v1 x9.50 y47.10
                    n2 v1 x9.51 y47.10
                    n3 v1 x9.52 y47.10
                    n4 v1 x9.51 y47.11
                    n5 v1 x9.60 y47.20
                    n6 v1 x9.61 y47.20
                    w1 v1 Thighway=residential,name=Am%20%Bach Nn1,n2,n3
                    w2 v1 Thighway=primary,oneway=yes,maxspeed=80 Nn2,n4
                    w3 v1 Thighway=residential Nn5,n6
                    w4 v1 Thighway=construction Nn1,n4
                    """)));
    List<RoadGraph.Piece> pieces = RoadGraph.connected(opl, node -> true);
    assertEquals(3, pieces.size());
    assertEquals(List.of(1L, 2L), pieces.get(0).nodes());
    assertEquals("Am Bach", pieces.get(1).traits().name());
    assertEquals(List.of(true, true, false), pieces.stream().map(p -> p.traits().cars()).toList());

    ByteArrayOutputStream file = new ByteArrayOutputStream();
    RoadFile.write(
        pieces,
        node -> {
          double[] place = opl.lonLat().getOrDefault(node, new double[2]);
          return new RoadFile.Point(place[1], place[0]);
        },
        file);
    List<RoadFile.Road> roads = RoadFile.read(new ByteArrayInputStream(file.toByteArray()));
    assertEquals(
        pieces.stream().map(RoadGraph.Piece::traits).toList(),
        roads.stream().map(RoadFile.Road::traits).toList());
    assertEquals(47.11, roads.get(2).points().get(1).lat(), 1e-9);
    assertEquals(roads.get(0).to(), roads.get(2).from());
  }

  private static BitSet reached(int start, Function<Leg, Leg> gone) {
    BitSet reached = new BitSet();
    Deque<Integer> open = new ArrayDeque<>(List.of(start));
    reached.set(start);
    while (!open.isEmpty()) {
      for (Leg leg : NETWORK.leaving(open.pop())) {
        if (Travel.CAR.allows(gone.apply(leg)) && !reached.get(leg.end())) {
          reached.set(leg.end());
          open.push(leg.end());
        }
      }
    }
    return reached;
  }
}

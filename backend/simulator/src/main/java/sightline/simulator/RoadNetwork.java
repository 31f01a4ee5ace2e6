package sightline.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The streets and paths of the demonstration country: edges between numbered junctions, in metres
 * around an origin. Every junction can be reached from every other. Immutable, for any thread.
 */
final class RoadNetwork {
  private static final double ORIGIN_LAT = 47.15;
  private static final double ORIGIN_LON = 9.55;
  private static final double METRES_PER_LAT = 111_180;
  private static final double METRES_PER_LON = 111_320 * Math.cos(Math.toRadians(ORIGIN_LAT));

  private final List<Edge> edges = new ArrayList<>();
  private final List<List<Leg>> leaving = new ArrayList<>();

  private RoadNetwork(List<RoadFile.Road> roads) {
    for (RoadFile.Road road : roads) {
      int points = road.points().size();
      double[] east = new double[points];
      double[] north = new double[points];
      for (int i = 0; i < points; i++) {
        east[i] = (road.points().get(i).lon() - ORIGIN_LON) * METRES_PER_LON;
        north[i] = (road.points().get(i).lat() - ORIGIN_LAT) * METRES_PER_LAT;
      }
      Edge edge = new Edge(edges.size(), road.from(), road.to(), road.traits(), east, north);
      if (edge.length() > 0) {
        edges.add(edge);
        leavingFrom(edge.from()).add(new Leg(edge, true));
        leavingFrom(edge.to()).add(new Leg(edge, false));
      }
    }
  }

  /** The one that is shipped: Liechtenstein. */
  static RoadNetwork shipped() {
    try (InputStream in = RoadNetwork.class.getResourceAsStream("roads.bin.gz")) {
      if (in == null) {
        throw new IllegalStateException("roads.bin.gz is not in the class path");
      }
      return new RoadNetwork(RoadFile.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Edge> edges() {
    return edges;
  }

  int junctions() {
    return leaving.size();
  }

  /** The legs that begin at a junction, whoever may go them. */
  List<Leg> leaving(int junction) {
    return leaving.get(junction);
  }

  /** Metres between two junctions, as the crow flies. */
  double distance(int a, int b) {
    Leg one = leaving.get(a).getFirst();
    Leg other = leaving.get(b).getFirst();
    return Math.hypot(one.eastAt(0) - other.eastAt(0), one.northAt(0) - other.northAt(0));
  }

  static double lat(double north) {
    return ORIGIN_LAT + north / METRES_PER_LAT;
  }

  static double lon(double east) {
    return ORIGIN_LON + east / METRES_PER_LON;
  }

  /** Metres east of the origin. */
  static double east(double lon) {
    return (lon - ORIGIN_LON) * METRES_PER_LON;
  }

  /** Metres north of the origin. */
  static double north(double lat) {
    return (lat - ORIGIN_LAT) * METRES_PER_LAT;
  }

  private List<Leg> leavingFrom(int junction) {
    while (leaving.size() <= junction) {
      leaving.add(new ArrayList<>());
    }
    return leaving.get(junction);
  }
}

package sightline.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Where there is no network: in every tunnel, and along some seeded stretches of road. Immutable,
 * for any thread.
 */
final class Coverage {
  private static final int ZONES = 12;
  private static final double MIN_METRES = 150;
  private static final double MAX_METRES = 600;

  private final boolean[] dark;

  Coverage(RoadNetwork network, long seed) {
    dark = new boolean[network.edges().size()];
    List<Edge> roads = new ArrayList<>();
    for (Edge edge : network.edges()) {
      dark[edge.index()] = edge.traits().tunnel();
      if (edge.traits().cars() && edge.length() >= MIN_METRES && edge.length() <= MAX_METRES) {
        roads.add(edge);
      }
    }
    SplittableRandom random = new SplittableRandom(seed);
    for (int zone = 0; zone < ZONES; zone++) {
      dark[roads.get(random.nextInt(roads.size())).index()] = true;
    }
  }

  boolean reaches(Edge edge) {
    return !dark[edge.index()];
  }
}

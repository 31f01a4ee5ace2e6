package sightline.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Where units begin: anywhere along the roads of their kind. Immutable, for any thread. */
final class Places {
  private final List<Leg> legs = new ArrayList<>();
  private final List<Double> endsAt = new ArrayList<>();
  private double metres;

  Places(RoadNetwork network, Travel travel) {
    for (Edge edge : network.edges()) {
      Leg leg = new Leg(edge, true);
      if (travel.allows(leg) && fits(edge.traits().roadClass(), travel)) {
        metres += edge.length();
        legs.add(leg);
        endsAt.add(metres);
      }
    }
  }

  /** A leg, the likelier the longer it is. */
  Leg pick(SplittableRandom random) {
    double metre = random.nextDouble() * metres;
    int low = 0;
    int high = legs.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (endsAt.get(middle) < metre) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return legs.get(low);
  }

  private static boolean fits(RoadClass roadClass, Travel travel) {
    return switch (roadClass) {
      case RESIDENTIAL, LIVING_STREET -> true;
      case PEDESTRIAN, FOOTWAY -> travel == Travel.FOOT;
      case PRIMARY, SECONDARY, TERTIARY, UNCLASSIFIED, SECONDARY_LINK, ROAD -> travel == Travel.CAR;
      case SERVICE, TRACK, PATH, CYCLEWAY, STEPS, BRIDLEWAY -> false;
    };
  }
}

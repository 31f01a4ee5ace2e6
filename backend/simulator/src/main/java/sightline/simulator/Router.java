package sightline.simulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fastest way between junctions (A*), and somewhere to go. Owned by the thread that moves
 * the units: its working memory serves one search after the other.
 */
final class Router {
  private static final double FASTEST_CAR_MPS = 28;

  private final RoadNetwork network;
  private final double[] seconds;
  private final @Nullable Leg[] arrivedBy;

  /** A junction to look at, and the least that a way through it can take. */
  private record Open(int junction, double atLeast) implements Comparable<Open> {
    @Override
    public int compareTo(Open other) {
      return Double.compare(atLeast, other.atLeast);
    }
  }

  Router(RoadNetwork network) {
    this.network = network;
    seconds = new double[network.junctions()];
    arrivedBy = new Leg[network.junctions()];
  }

  /**
   * The fastest way from the end of a leg to a junction, not turning round at once unless there is
   * no other way. Empty when that is where the leg ends.
   */
  List<Leg> route(Leg from, int to, Travel travel) {
    List<Leg> onward = search(from.end(), from.reversed(), to, travel);
    return onward.isEmpty() ? search(from.end(), null, to, travel) : onward;
  }

  /** A junction to go to from here, some way off where a few tries find one. */
  int destination(int from, Travel travel, SplittableRandom random) {
    double near = travel == Travel.CAR ? 800 : 150;
    double far = travel == Travel.CAR ? 8_000 : 1_200;
    int candidate = from;
    for (int tries = 0; tries < 40; tries++) {
      candidate = random.nextInt(network.junctions());
      double metres = network.distance(from, candidate);
      if (metres >= near && metres <= far && canLeave(candidate, travel)) {
        return candidate;
      }
    }
    return canLeave(candidate, travel) ? candidate : from;
  }

  private boolean canLeave(int junction, Travel travel) {
    return network.leaving(junction).stream().anyMatch(travel::allows);
  }

  private List<Leg> search(int from, @Nullable Leg not, int to, Travel travel) {
    Arrays.fill(seconds, Double.POSITIVE_INFINITY);
    Arrays.fill(arrivedBy, null);
    PriorityQueue<Open> open = new PriorityQueue<>();
    seconds[from] = 0;
    open.add(new Open(from, 0));
    while (!open.isEmpty()) {
      int here = open.remove().junction;
      if (here == to) {
        return way(from, to);
      }
      for (Leg leg : network.leaving(here)) {
        if (travel.allows(leg) && !leg.equals(not)) {
          double arrival = seconds[here] + leg.length() / travel.limitMps(leg.edge());
          if (arrival < seconds[leg.end()]) {
            seconds[leg.end()] = arrival;
            arrivedBy[leg.end()] = leg;
            open.add(new Open(leg.end(), arrival + atLeast(leg.end(), to, travel)));
          }
        }
      }
    }
    return List.of();
  }

  private double atLeast(int from, int to, Travel travel) {
    return network.distance(from, to) / (travel == Travel.CAR ? FASTEST_CAR_MPS : 1.4);
  }

  private List<Leg> way(int from, int to) {
    List<Leg> legs = new ArrayList<>();
    for (int here = to; here != from; ) {
      Leg leg = arrivedBy[here];
      if (leg == null) {
        return List.of();
      }
      legs.add(leg);
      here = leg.start();
    }
    return legs.reversed();
  }
}

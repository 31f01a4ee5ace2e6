package sightline.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Cuts ways into edges at junctions, and keeps what nobody gets trapped in: for vehicles the
 * largest strongly connected part, on foot the largest connected part. For one thread.
 */
final class RoadGraph {
  private final List<Piece> pieces = new ArrayList<>();

  /** A stretch between two junctions, as nodes of OpenStreetMap. */
  record Piece(List<Long> nodes, RoadTraits traits) {
    long from() {
      return nodes.getFirst();
    }

    long to() {
      return nodes.getLast();
    }

    Piece withoutCars() {
      RoadTraits t = traits;
      return new Piece(
          nodes,
          new RoadTraits(t.roadClass(), t.name(), t.maxSpeedKmh(), t.oneway(), t.tunnel(), false));
    }
  }

  /** Reads the ways; pieces with a node outside are left out. */
  static List<Piece> connected(Opl opl, Predicate<Long> inside) {
    RoadGraph graph = new RoadGraph();
    graph.cut(opl.ways(), inside);
    List<Piece> onFoot = graph.largest(graph.pieces, false);
    Set<Piece> byCar =
        new HashSet<>(graph.largest(onFoot.stream().filter(p -> p.traits.cars()).toList(), true));
    return onFoot.stream()
        .map(p -> !p.traits.cars() || byCar.contains(p) ? p : p.withoutCars())
        .toList();
  }

  private void cut(List<OsmWay> ways, Predicate<Long> inside) {
    Map<Long, Integer> uses = new HashMap<>();
    for (OsmWay way : ways) {
      if (way.traits() != null) {
        way.nodes().forEach(node -> uses.merge(node, 1, Integer::sum));
        uses.merge(way.nodes().getFirst(), 1, Integer::sum);
        uses.merge(way.nodes().getLast(), 1, Integer::sum);
      }
    }
    for (OsmWay way : ways) {
      RoadTraits traits = way.traits();
      if (traits != null) {
        cut(way.drivenNodes(), traits, uses, inside);
      }
    }
  }

  private void cut(
      List<Long> nodes, RoadTraits traits, Map<Long, Integer> uses, Predicate<Long> inside) {
    int start = 0;
    for (int i = 1; i < nodes.size(); i++) {
      if (uses.getOrDefault(nodes.get(i), 0) > 1) {
        List<Long> piece = nodes.subList(start, i + 1);
        boolean loop = piece.getFirst().equals(piece.getLast());
        if (!loop && piece.stream().allMatch(inside)) {
          pieces.add(new Piece(List.copyOf(piece), traits));
        }
        start = i;
      }
    }
  }

  private List<Piece> largest(List<Piece> among, boolean directed) {
    Map<Long, List<Long>> onward = new LinkedHashMap<>();
    Map<Long, List<Long>> back = new HashMap<>();
    for (Piece piece : among) {
      join(onward, back, piece.from(), piece.to());
      if (!directed || !piece.traits.oneway()) {
        join(onward, back, piece.to(), piece.from());
      }
    }
    Set<Long> best = Set.of();
    Set<Long> seen = new HashSet<>();
    for (Long node : onward.keySet()) {
      if (!seen.contains(node)) {
        Set<Long> part = reach(onward, node);
        part.retainAll(reach(back, node));
        seen.addAll(part);
        best = part.size() > best.size() ? part : best;
      }
    }
    Set<Long> kept = best;
    return among.stream().filter(p -> kept.contains(p.from()) && kept.contains(p.to())).toList();
  }

  private static void join(
      Map<Long, List<Long>> onward, Map<Long, List<Long>> back, long from, long to) {
    onward.computeIfAbsent(from, node -> new ArrayList<>()).add(to);
    back.computeIfAbsent(to, node -> new ArrayList<>()).add(from);
  }

  private static Set<Long> reach(Map<Long, List<Long>> links, long start) {
    Set<Long> reached = new HashSet<>(Set.of(start));
    List<Long> open = new ArrayList<>(reached);
    while (!open.isEmpty()) {
      for (Long next : links.getOrDefault(open.removeLast(), List.of())) {
        if (reached.add(next)) {
          open.add(next);
        }
      }
    }
    return reached;
  }
}

package sightline.bridge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import sightline.protocol.Position;

/**
 * Accepted positions that the bus has not taken yet. While it is away they wait here, up to {@value
 * #MOST}; beyond, the oldest are dropped and counted. Owned by the rounds thread.
 */
final class UnsentPositions {
  /** Over 5 minutes of 1,200 a second. */
  private static final int MOST = 400_000;

  private static final int A_ROUND = 5_000;

  private final ArrayDeque<Position> positions = new ArrayDeque<>();
  private final BridgeMetrics metrics;

  UnsentPositions(BridgeMetrics metrics) {
    this.metrics = metrics;
  }

  void add(Position position) {
    if (positions.size() == MOST) {
      positions.removeFirst();
      metrics.positionsDropped.increment();
    }
    positions.addLast(position);
  }

  boolean isEmpty() {
    return positions.isEmpty();
  }

  /** The oldest ones, as many as a round takes. */
  List<Position> next() {
    List<Position> next = new ArrayList<>(Math.min(A_ROUND, positions.size()));
    Iterator<Position> each = positions.iterator();
    while (next.size() < A_ROUND && each.hasNext()) {
      next.add(each.next());
    }
    return List.copyOf(next);
  }

  /** The bus has the oldest ones. */
  void sent(int count) {
    for (int i = 0; i < count; i++) {
      positions.removeFirst();
    }
    metrics.positionsOut.increment(count);
  }
}

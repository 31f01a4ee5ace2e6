package sightline.bridge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import sightline.bus.StreamState;
import sightline.protocol.Position;

/**
 * Accepted positions that the bus has not taken yet, each with a number that rises by one. While it
 * is away they wait here, up to {@value #MOST}; beyond, the oldest are shed, and so is a backlog
 * that finds the stream or this nearly full: positions as they happen need the rest. Owned by the
 * rounds thread.
 */
final class UnsentPositions {
  /** Over 5 minutes of 1,200 a second. */
  static final int MOST = 400_000;

  private static final int A_ROUND = 5_000;

  private final ArrayDeque<Position> positions = new ArrayDeque<>();
  private final BridgeMetrics metrics;
  private final Shed shed;
  private StreamState stream = StreamState.EMPTY;
  private long added;
  private long droppedThrough;

  /** Hears whose positions are lost. */
  @FunctionalInterface
  interface Shed {
    void shed(String device, int count);
  }

  UnsentPositions(BridgeMetrics metrics, Shed shed) {
    this.metrics = metrics;
    this.shed = shed;
  }

  void add(Position position) {
    if (positions.size() == MOST) {
      droppedThrough = removedThrough() + 1;
      shed.shed(positions.removeFirst().device(), 1);
    }
    positions.addLast(position);
    added++;
  }

  /** Whether a backlog of so many leaves a quarter of this, and of the stream, to others. */
  boolean hasRoom(int count) {
    long here = positions.size() + (long) count;
    return here <= MOST / 4 * 3L && stream.waiting() + here <= stream.cap() / 4 * 3;
  }

  boolean isEmpty() {
    return positions.isEmpty();
  }

  int size() {
    return positions.size();
  }

  /** The number of the newest one. */
  long added() {
    return added;
  }

  /** All up to this number are on the bus, or were dropped. */
  long removedThrough() {
    return added - positions.size();
  }

  /** The newest number that was dropped, 0 where none was. */
  long droppedThrough() {
    return droppedThrough;
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
  void sent(int count, StreamState after) {
    for (int i = 0; i < count; i++) {
      positions.removeFirst();
    }
    stream = after;
    metrics.positionsOut.increment(count);
  }
}

package sightline.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sightline.protocol.Position;

/**
 * The newest positions, numbered from 1 on; over the cap the oldest are dropped. Owned by whoever
 * holds the lock of its bus.
 */
final class PositionRing {
  private static final int FIRST_LENGTH = 1024;

  private final int cap;
  private @Nullable Position[] slots;

  /** The number of the oldest held, or of the next where none is held. */
  private long head = 1;

  /** The newest number that was taken out on purpose, and not dropped. */
  private long trimmed;

  /** The newest number that was dropped over the cap. */
  private long dropped;

  private int size;

  PositionRing(int cap) {
    this.cap = cap;
    this.slots = new @Nullable Position[Math.min(cap, FIRST_LENGTH)];
  }

  void add(Position position) {
    if (size == cap) {
      dropped = head;
      drop();
    } else if (size == slots.length) {
      grow();
    }
    slots[slot(head + size)] = position;
    size++;
  }

  /** Takes out all up to a number. */
  void trim(long through) {
    trimmed = Math.max(trimmed, Math.min(through, head + size - 1));
    while (size > 0 && head <= through) {
      drop();
    }
  }

  /** The number after which nobody has taken out anything yet. */
  long trimmed() {
    return trimmed;
  }

  /** The number of the oldest held, or of the next where none is held. */
  long head() {
    return head;
  }

  int size() {
    return size;
  }

  int cap() {
    return cap;
  }

  /** The number of the newest one, 0 before the first. */
  long newest() {
    return head + size - 1;
  }

  /** The newest number that was dropped over the cap, 0 where none was. */
  long dropped() {
    return dropped;
  }

  /** Those from a number on, which is not below {@link #head}. */
  List<Position> from(long number, int limit) {
    long count = Math.max(0, Math.min(limit, head + size - number));
    List<Position> found = new ArrayList<>((int) count);
    for (long each = number; each < number + count; each++) {
      found.add(Objects.requireNonNull(slots[slot(each)]));
    }
    return found;
  }

  private void drop() {
    slots[slot(head)] = null;
    head++;
    size--;
  }

  private void grow() {
    List<Position> held = from(head, size);
    slots = new @Nullable Position[(int) Math.min(cap, 2L * slots.length)];
    long number = head;
    for (Position position : held) {
      slots[slot(number++)] = position;
    }
  }

  private int slot(long number) {
    return (int) (number % slots.length);
  }
}

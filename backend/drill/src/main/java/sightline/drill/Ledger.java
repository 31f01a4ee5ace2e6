package sightline.drill;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every event that a device has kept, in its device's order, and when it was acknowledged. For any
 * thread; its lock is itself.
 */
final class Ledger {
  private static final long NEVER = -1;

  private final Map<EventId, Sent> sent = new LinkedHashMap<>();
  private final Map<String, List<EventId>> byDevice = new HashMap<>();
  private final Set<EventId> waiting = new HashSet<>();

  /**
   * An event and its fate.
   *
   * @param number its place in its device's order
   * @param sentNanos when the device was given it, {@code System.nanoTime}
   * @param acknowledgedNanos when the device was told that it is recorded, or −1
   */
  record Sent(EventId id, int number, long sentNanos, long acknowledgedNanos) {
    boolean acknowledged() {
      return acknowledgedNanos != NEVER;
    }
  }

  /** An event is about to be given to its device. */
  synchronized void sent(EventId id, long nanos) {
    List<EventId> of = byDevice.computeIfAbsent(id.device(), device -> new ArrayList<>());
    if (sent.put(id, new Sent(id, of.size(), nanos, NEVER)) != null) {
      throw new IllegalArgumentException(id + " was sent before");
    }
    of.add(id);
    waiting.add(id);
  }

  /** A device was told that an event is recorded; the first time counts. */
  synchronized void acknowledged(EventId id, long nanos) {
    Sent known = sent.get(id);
    if (known == null) {
      throw new IllegalArgumentException(id + " was never sent");
    }
    if (waiting.remove(id)) {
      sent.put(id, new Sent(id, known.number(), known.sentNanos(), nanos));
    }
  }

  /** The events that no device has been told of, now. */
  synchronized Set<EventId> waiting() {
    return new HashSet<>(waiting);
  }

  /** How many of these no device has been told of yet. */
  synchronized int stillWaiting(Collection<EventId> some) {
    return (int) some.stream().filter(waiting::contains).count();
  }

  synchronized int waitingCount() {
    return waiting.size();
  }

  synchronized int acknowledgedCount() {
    return sent.size() - waiting.size();
  }

  /** An acknowledged event of a device, the one that a number from 0 to 1 falls on, or null. */
  synchronized @Nullable EventId acknowledgedOf(String device, double at) {
    List<EventId> of = byDevice.getOrDefault(device, List.of());
    EventId id = of.isEmpty() ? null : of.get((int) (at * of.size()));
    return id == null || waiting.contains(id) ? null : id;
  }

  /** All of them. */
  synchronized Map<EventId, Sent> all() {
    return new LinkedHashMap<>(sent);
  }
}

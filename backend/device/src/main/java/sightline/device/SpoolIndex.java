package sightline.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The unanswered events in order, within limits. Owned by the spool that holds it, under its lock.
 */
final class SpoolIndex {
  private final SpoolLimits limits;
  private final TreeMap<Long, SpooledEvent> byPosition = new TreeMap<>();
  private final Map<String, Long> byId = new HashMap<>();
  private long lastPosition;
  private long bytes;

  SpoolIndex(SpoolLimits limits) {
    this.limits = limits;
  }

  /**
   * @throws SpoolFullException when this payload has no room
   * @throws IllegalArgumentException when an event with this id waits already
   */
  void admit(String id, byte[] payload) throws SpoolFullException {
    if (byId.containsKey(id)) {
      throw new IllegalArgumentException("an event with the id " + id + " waits already");
    }
    if (byPosition.size() >= limits.events() || bytes + payload.length > limits.bytes()) {
      throw new SpoolFullException(byPosition.size(), bytes);
    }
  }

  void add(String id, byte[] payload) {
    lastPosition++;
    byPosition.put(lastPosition, new SpooledEvent(lastPosition, id, payload));
    byId.put(id, lastPosition);
    bytes += payload.length;
  }

  boolean has(String id) {
    return byId.containsKey(id);
  }

  @Nullable SpooledEvent get(String id) {
    Long position = byId.get(id);
    return position == null ? null : byPosition.get(position);
  }

  boolean remove(String id) {
    Long position = byId.remove(id);
    SpooledEvent removed = position == null ? null : byPosition.remove(position);
    if (removed == null) {
      return false;
    }
    bytes -= removed.payload().length;
    return true;
  }

  List<SpooledEvent> after(long position, int max) {
    List<SpooledEvent> events = new ArrayList<>();
    for (SpooledEvent event : byPosition.tailMap(position, false).values()) {
      if (events.size() == max) {
        break;
      }
      events.add(event);
    }
    return events;
  }

  Iterable<SpooledEvent> all() {
    return byPosition.values();
  }

  int size() {
    return byPosition.size();
  }

  long bytes() {
    return bytes;
  }
}

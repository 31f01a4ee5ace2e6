package sightline.gateway;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;

/**
 * Which devices have a critical event, pending or recorded, that nobody has acknowledged. Owned by
 * the hub's thread.
 */
final class Alarms {
  private final Map<String, Set<String>> openByDevice = new HashMap<>();

  boolean on(String device) {
    return openByDevice.containsKey(device);
  }

  /** Takes an event up; gives whether the device's flag turned on. */
  boolean raise(DeviceEvent event) {
    if (!event.critical()) {
      return false;
    }
    Set<String> open = openByDevice.computeIfAbsent(event.device(), device -> new HashSet<>(2));
    return open.add(event.id()) && open.size() == 1;
  }

  /** Takes an event out; gives whether the device's flag turned off. */
  boolean settle(EventKey key) {
    Set<String> open = openByDevice.get(key.device());
    if (open == null || !open.remove(key.event()) || !open.isEmpty()) {
      return false;
    }
    openByDevice.remove(key.device());
    return true;
  }
}

package sightline.gateway;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;

/**
 * Which devices have a critical event, pending or recorded, that nobody has acknowledged. One that
 * loops may have very many: so many ids are held of a device, and so many of all; of more it is
 * only known that there are, and history is asked again once those that are held are acknowledged.
 * Owned by the hub's thread.
 */
final class Alarms {
  /** Ids that are held of one device; about 100 bytes each. */
  static final int MOST_OF_A_DEVICE = 1_000;

  /** Of all; beyond it, the first of each device. */
  static final int MOST = 200_000;

  private final Map<String, Open> openByDevice = new HashMap<>();
  private boolean mustRead;

  /** Written by the hub's thread alone. */
  private volatile int held;

  /** A device's. */
  private static final class Open {
    final Set<String> ids = new HashSet<>(2);

    /** Whether there are others, which are not held. */
    boolean more;
  }

  boolean on(String device) {
    return openByDevice.containsKey(device);
  }

  /** Ids that are held; any thread. */
  int held() {
    return held;
  }

  /** Takes an event up; gives whether the device's flag turned on. */
  boolean raise(DeviceEvent event) {
    return event.critical() && raise(event.key());
  }

  /** Takes up one that is critical; gives whether the device's flag turned on. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
  boolean raise(EventKey key) {
    Open open = openByDevice.get(key.device());
    boolean turned = open == null;
    if (open == null) {
      open = new Open();
      openByDevice.put(key.device(), open);
    }
    if (open.ids.isEmpty() || (open.ids.size() < MOST_OF_A_DEVICE && held < MOST)) {
      held += open.ids.add(key.event()) ? 1 : 0;
    } else {
      open.more |= !open.ids.contains(key.event());
    }
    return turned;
  }

  /** Takes an event out; gives whether the device's flag turned off. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
  boolean settle(EventKey key) {
    Open open = openByDevice.get(key.device());
    if (open == null || !open.ids.remove(key.event())) {
      return false;
    }
    held--;
    if (!open.ids.isEmpty()) {
      return false;
    }
    if (open.more) {
      mustRead = true;
      return false;
    }
    openByDevice.remove(key.device());
    return true;
  }

  /** Whether a device is on of which none is held: history knows. */
  boolean mustRead() {
    return mustRead;
  }

  /** A read of all of history's begins; what it has is taken up by {@link #raise(EventKey)}. */
  void readBegins() {
    mustRead = false;
    for (Open open : openByDevice.values()) {
      open.more &= !open.ids.isEmpty();
    }
  }

  /** The read has failed; it must be tried again where none is held of a device. */
  void readFailed() {
    mustRead |= openByDevice.values().stream().anyMatch(open -> open.ids.isEmpty());
  }

  /** The read is over; gives those that turned off. */
  Set<String> readEnds() {
    Set<String> off = new HashSet<>();
    openByDevice.forEach(
        (device, open) -> {
          if (open.ids.isEmpty() && !open.more) {
            off.add(device);
          }
        });
    openByDevice.keySet().removeAll(off);
    return off;
  }
}

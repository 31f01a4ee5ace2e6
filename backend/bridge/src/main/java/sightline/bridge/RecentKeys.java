package sightline.bridge;

import java.util.LinkedHashMap;
import java.util.Map;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventContent;
import sightline.protocol.EventKey;

/**
 * The keys of the newest recorded events with a hash of what they say, so that a redelivery is not
 * shown as pending again; what is older is still recorded once, by history's unique key.
 * Thread-safe.
 */
final class RecentKeys {
  private static final int CAPACITY = 50_000;

  /** The hash is not known. */
  private static final long UNKNOWN = 0;

  private final Map<EventKey, Long> keys =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EventKey, Long> eldest) {
          return size() > CAPACITY;
        }
      };

  void add(DeviceEvent event) {
    long hash = hash(event);
    synchronized (this) {
      keys.put(event.key(), hash);
    }
  }

  /** A key of which it is not known what its event says. */
  synchronized void add(EventKey key) {
    keys.putIfAbsent(key, UNKNOWN);
  }

  synchronized boolean contains(EventKey key) {
    return keys.containsKey(key);
  }

  /** Whether another event has its key. */
  boolean differs(DeviceEvent event) {
    Long known;
    synchronized (this) {
      known = keys.get(event.key());
    }
    return known != null && known != UNKNOWN && known != hash(event);
  }

  private static long hash(DeviceEvent event) {
    return Long.parseUnsignedLong(EventContent.hash(event).substring(0, 16), 16) | 1;
  }
}

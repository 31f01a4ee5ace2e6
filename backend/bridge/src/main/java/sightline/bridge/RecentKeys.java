package sightline.bridge;

import java.util.LinkedHashMap;
import java.util.Map;
import sightline.protocol.EventKey;

/**
 * The keys of the newest recorded events, so that a redelivery is not shown as pending again; what
 * is older is still recorded once, by history's unique key. Thread-safe.
 */
final class RecentKeys {
  private static final int CAPACITY = 50_000;

  private final Map<EventKey, Boolean> keys =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EventKey, Boolean> eldest) {
          return size() > CAPACITY;
        }
      };

  synchronized void add(EventKey key) {
    keys.put(key, Boolean.TRUE);
  }

  synchronized boolean contains(EventKey key) {
    return keys.containsKey(key);
  }
}

package sightline.gateway;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Subscriptions that wait for their pictures: one a browser, the newest, and addresses take turns.
 * Owned by the hub's thread.
 */
final class Waiting {
  /** Looks that one call takes at those who may not have theirs yet. */
  private static final int LOOKS = 64;

  private final Map<String, Map<LiveSession, Newcomer>> byAddress = new HashMap<>();
  private final ArrayDeque<String> turns = new ArrayDeque<>();
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  void add(Newcomer newcomer) {
    String address = newcomer.session().address();
    Map<LiveSession, Newcomer> queue = byAddress.get(address);
    if (queue == null) {
      queue = new LinkedHashMap<>();
      byAddress.put(address, queue);
      turns.add(address);
    }
    if (queue.put(newcomer.session(), newcomer) == null) {
      size++;
    }
  }

  void remove(LiveSession session) {
    Map<LiveSession, Newcomer> queue = byAddress.get(session.address());
    if (queue != null && queue.remove(session) != null) {
      size--;
      if (queue.isEmpty()) {
        byAddress.remove(session.address());
        turns.remove(session.address());
      }
    }
  }

  /** Takes the next whose browser may have it, or null where none may for now. */
  @Nullable Newcomer take(Predicate<LiveSession> may) {
    int looks = LOOKS;
    for (int addresses = turns.size(); addresses > 0 && looks > 0; addresses--) {
      String address = turns.remove();
      Map<LiveSession, Newcomer> queue = byAddress.get(address);
      if (queue == null) {
        continue;
      }
      Newcomer taken = first(queue, may);
      looks--;
      if (queue.isEmpty()) {
        byAddress.remove(address);
      } else {
        turns.add(address);
      }
      if (taken != null) {
        size--;
        return taken;
      }
    }
    return null;
  }

  /** The first that may; those that may not go behind the others of their address. */
  private static @Nullable Newcomer first(
      Map<LiveSession, Newcomer> queue, Predicate<LiveSession> may) {
    for (int looks = Math.min(LOOKS, queue.size()); looks > 0; looks--) {
      Iterator<Map.Entry<LiveSession, Newcomer>> entries = queue.entrySet().iterator();
      Map.Entry<LiveSession, Newcomer> entry = entries.next();
      LiveSession session = entry.getKey();
      Newcomer newcomer = entry.getValue();
      entries.remove();
      if (may.test(session)) {
        return newcomer;
      }
      queue.put(session, newcomer);
    }
    return null;
  }
}

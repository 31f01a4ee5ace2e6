package sightline.gateway;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sign-ins that were ended at this gateway before their time. Any thread. Bounded for each
 * person: beyond it, all that are as old as the oldest of them have ended.
 */
final class SignedOut {
  static final int MOST_A_PERSON = 256;

  private final Set<String> ids = ConcurrentHashMap.newKeySet();

  /** By person: sign-ins that end by their age at this moment or before have ended. */
  private final Map<String, Long> allUntil = new ConcurrentHashMap<>();

  @GuardedBy("this")
  private final Map<String, ArrayDeque<SessionCookies.Said>> byPerson = new HashMap<>();

  synchronized void end(SessionCookies.Said said) {
    if (!ids.add(said.id())) {
      return;
    }
    String name = said.person().name();
    ArrayDeque<SessionCookies.Said> theirs =
        byPerson.computeIfAbsent(name, any -> new ArrayDeque<>());
    theirs.add(said);
    if (theirs.size() > MOST_A_PERSON) {
      SessionCookies.Said oldest = theirs.remove();
      allUntil.merge(name, oldest.untilMillis(), Math::max);
      ids.remove(oldest.id());
    }
  }

  boolean has(SessionCookies.Said said) {
    if (ids.contains(said.id())) {
      return true;
    }
    Long until = allUntil.get(said.person().name());
    return until != null && said.untilMillis() <= until;
  }

  int size() {
    return ids.size();
  }
}

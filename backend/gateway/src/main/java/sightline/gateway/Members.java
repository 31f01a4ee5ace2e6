package sightline.gateway;

import java.util.ArrayList;
import java.util.List;

/** The browsers of one event loop that share a view. Owned by that event loop. */
final class Members {
  private final List<LiveSession> sessions = new ArrayList<>(1);

  int size() {
    return sessions.size();
  }

  LiveSession get(int index) {
    return sessions.get(index);
  }

  void add(LiveSession session) {
    session.memberIndex = sessions.size();
    sessions.add(session);
  }

  /** Takes one out; the last one moves to its place. */
  void remove(LiveSession session) {
    int index = session.memberIndex;
    LiveSession last = sessions.removeLast();
    if (last != session) {
      sessions.set(index, last);
      last.memberIndex = index;
    }
    session.memberIndex = -1;
  }
}

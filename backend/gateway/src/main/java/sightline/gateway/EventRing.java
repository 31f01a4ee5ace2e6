package sightline.gateway;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/** The last entries of the event log, without a hole. Owned by the hub's thread. */
final class EventRing {
  private final int capacity;
  private final ArrayDeque<LogEntry> entries = new ArrayDeque<>();
  private final Set<EventKey> recorded = new HashSet<>();
  private boolean based;
  private long newest;

  EventRing(int capacity) {
    this.capacity = capacity;
  }

  /** Says after which entry it begins; once. */
  void base(long seq) {
    based = true;
    newest = seq;
  }

  boolean based() {
    return based;
  }

  /** The newest entry's number; 0 before it is based. */
  long newest() {
    return newest;
  }

  /** Takes the next entry; any other number is a defect of the caller. */
  void append(LogEntry entry) {
    if (entry.seq() != newest + 1) {
      throw new IllegalArgumentException("entry " + entry.seq() + " after " + newest);
    }
    if (entries.size() == capacity && entries.removeFirst() instanceof LogEntry.Recorded old) {
      recorded.remove(old.key());
    }
    entries.addLast(entry);
    newest = entry.seq();
    if (entry instanceof LogEntry.Recorded now) {
      recorded.add(now.key());
    }
  }

  /** Whether the event is among the entries held. */
  boolean hasRecorded(EventKey key) {
    return recorded.contains(key);
  }

  /** The entries after a number, at most {@code limit}; null where the first is no longer held. */
  @Nullable List<LogEntry> after(long seq, int limit) {
    if (seq >= newest) {
      return List.of();
    }
    long oldest = newest - entries.size() + 1;
    if (seq + 1 < oldest) {
      return null;
    }
    List<LogEntry> found = new ArrayList<>();
    entries.stream().skip(seq + 1 - oldest).limit(limit).forEach(found::add);
    return found;
  }
}

package sightline.drill.mutants;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import sightline.history.EventLog;
import sightline.history.ForwardingEventLog;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/**
 * Answers at once and commits a moment later, in the order that it has promised. For any thread;
 * its lock is itself.
 */
final class EarlyEventLog extends ForwardingEventLog {
  private static final long LATER_MILLIS = 300;
  private static final long CLOSE_SECONDS = 5;

  private final ScheduledThreadPoolExecutor later = new ScheduledThreadPoolExecutor(1);

  @GuardedBy("this")
  private final Map<EventKey, LogEntry.Recorded> promised = new HashMap<>();

  @GuardedBy("this")
  private long newest;

  EarlyEventLog(EventLog log) {
    super(log);
    newest = log.newest();
  }

  @Override
  public synchronized List<Appended> append(long token, List<DeviceEvent> events) {
    List<Appended> answers = new ArrayList<>(events.size());
    for (DeviceEvent event : events) {
      answers.add(promise(event));
    }
    var _ =
        later.schedule(
            () -> {
              super.append(token, events);
            },
            LATER_MILLIS,
            TimeUnit.MILLISECONDS);
    return answers;
  }

  @GuardedBy("this")
  private Appended promise(DeviceEvent event) {
    LogEntry.Recorded before = promised.get(event.key());
    if (before != null) {
      return new Appended.Known(before);
    }
    Stored stored = find(event.key());
    if (stored != null) {
      return new Appended.Known(stored.entry());
    }
    newest++;
    LogEntry.Recorded entry = new LogEntry.Recorded(newest, event);
    promised.put(event.key(), entry);
    return new Appended.New(entry);
  }

  /** With what is promised: a gateway ends once it has shown more than there is. */
  @Override
  public synchronized long newest() {
    return newest;
  }

  @Override
  public void close() {
    later.shutdown();
    try {
      if (!later.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        later.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    super.close();
  }
}

package sightline.drill.mutants;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.history.EventLog;
import sightline.history.EventQuery;
import sightline.history.OpenAlarm;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/** Passes everything on to another event log; for any thread, as that one. */
class WrappedEventLog implements EventLog {
  private final EventLog log;

  WrappedEventLog(EventLog log) {
    this.log = log;
  }

  @Override
  public List<Appended> append(long token, List<DeviceEvent> events) {
    return log.append(token, events);
  }

  @Override
  public LogEntry.@Nullable Acknowledged acknowledge(
      EventKey key, String by, long time, @Nullable String note) {
    return log.acknowledge(key, by, time, note);
  }

  @Override
  public List<LogEntry> after(long seq, int limit) {
    return log.after(seq, limit);
  }

  @Override
  public List<Stored> query(EventQuery query) {
    return log.query(query);
  }

  @Override
  public @Nullable Stored find(EventKey key) {
    return log.find(key);
  }

  @Override
  public List<OpenAlarm> openAlarms(long afterSeq, int limit) {
    return log.openAlarms(afterSeq, limit);
  }

  @Override
  public List<LogEntry> within(long from, long afterSeq, long to, int limit) {
    return log.within(from, afterSeq, to, limit);
  }

  @Override
  public List<DeviceEvent> openCriticalAt(long millis, int limit) {
    return log.openCriticalAt(millis, limit);
  }

  @Override
  public long newest() {
    return log.newest();
  }

  @Override
  public long fence() {
    return log.fence();
  }

  @Override
  public long retainedSince() {
    return log.retainedSince();
  }

  @Override
  public void retainedSince(long millis) {
    log.retainedSince(millis);
  }

  @Override
  public long oldestDay() {
    return log.oldestDay();
  }

  @Override
  public long countBefore(long millis) {
    return log.countBefore(millis);
  }

  @Override
  public int retain(long sinceMillis, int limit) {
    return log.retain(sinceMillis, limit);
  }

  @Override
  public void close() {
    log.close();
  }
}

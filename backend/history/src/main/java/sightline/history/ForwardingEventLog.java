package sightline.history;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/**
 * Passes everything on to another event log, for what differs from it in a few methods, such as a
 * failing one in a test. For any thread, as that one.
 */
public abstract class ForwardingEventLog implements EventLog {
  private final EventLog log;

  protected ForwardingEventLog(EventLog log) {
    this.log = log;
  }

  /** Where calls go, but for {@link #close}; one that is away throws. */
  protected EventLog there() {
    return log;
  }

  @Override
  public List<Appended> append(long token, List<DeviceEvent> events) {
    return there().append(token, events);
  }

  @Override
  public LogEntry.@Nullable Acknowledged acknowledge(
      EventKey key, String by, long time, @Nullable String note) {
    return there().acknowledge(key, by, time, note);
  }

  @Override
  public List<LogEntry> after(long seq, int limit) {
    return there().after(seq, limit);
  }

  @Override
  public List<Stored> query(EventQuery query) {
    return there().query(query);
  }

  @Override
  public @Nullable Stored find(EventKey key) {
    return there().find(key);
  }

  @Override
  public List<OpenAlarm> openAlarms(long afterSeq, int limit) {
    return there().openAlarms(afterSeq, limit);
  }

  @Override
  public List<LogEntry> within(long from, long afterSeq, long to, int limit) {
    return there().within(from, afterSeq, to, limit);
  }

  @Override
  public List<DeviceEvent> openCriticalAt(long millis, int limit) {
    return there().openCriticalAt(millis, limit);
  }

  @Override
  public long newest() {
    return there().newest();
  }

  @Override
  public long fence() {
    return there().fence();
  }

  @Override
  public long retainedSince() {
    return there().retainedSince();
  }

  @Override
  public void retainedSince(long millis) {
    there().retainedSince(millis);
  }

  @Override
  public long oldestDay() {
    return there().oldestDay();
  }

  @Override
  public long countBefore(long millis) {
    return there().countBefore(millis);
  }

  @Override
  public int retain(long sinceMillis, int limit) {
    return there().retain(sinceMillis, limit);
  }

  @Override
  public void close() {
    log.close();
  }
}

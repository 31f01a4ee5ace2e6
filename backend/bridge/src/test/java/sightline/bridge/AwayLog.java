package sightline.bridge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.history.EventLog;
import sightline.history.EventQuery;
import sightline.history.HistoryUnavailable;
import sightline.history.OpenAlarm;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/**
 * A real log that can be away, and that refuses the events of one type. Thread-safe as the real
 * one.
 */
final class AwayLog implements EventLog {
  private final EventLog real;
  private volatile boolean away;

  AwayLog(EventLog real) {
    this.real = real;
  }

  void away(boolean now) {
    away = now;
  }

  private EventLog there() {
    if (away) {
      throw new HistoryUnavailable("history is away", new IOException("away"));
    }
    return real;
  }

  @Override
  public List<Appended> append(long token, List<DeviceEvent> events) {
    List<DeviceEvent> kept = events.stream().filter(e -> !e.type().equals("refused")).toList();
    List<Appended> appended = new ArrayList<>(there().append(token, kept));
    List<Appended> results = new ArrayList<>();
    for (DeviceEvent event : events) {
      results.add(
          event.type().equals("refused")
              ? new Appended.Refused(event.key(), "by this test")
              : appended.removeFirst());
    }
    return results;
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
    real.close();
  }
}

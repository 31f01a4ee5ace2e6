package sightline.bridge;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import sightline.history.EventLog;
import sightline.history.ForwardingEventLog;
import sightline.history.HistoryUnavailable;
import sightline.protocol.DeviceEvent;

/**
 * A real log that can be away, and that refuses the events of one type. Thread-safe as the real
 * one.
 */
final class AwayLog extends ForwardingEventLog {
  private volatile boolean away;

  AwayLog(EventLog real) {
    super(real);
  }

  void away(boolean now) {
    away = now;
  }

  @Override
  protected EventLog there() {
    if (away) {
      throw new HistoryUnavailable("history is away", new IOException("away"));
    }
    return super.there();
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
}

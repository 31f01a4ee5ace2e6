package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static sightline.history.Samples.MIDNIGHT;
import static sightline.history.Samples.event;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.protocol.DeviceEvent;

final class SqliteEventLogTest extends EventLogContract {
  @TempDir private Path directory;

  @Override
  protected EventLog open() {
    return SqliteEventLog.open(directory, HistorySettings.DEFAULT);
  }

  @Test
  void aSpanTooWideToSortIsFoundFromTheNewestOn() {
    int count = 25_000;
    List<DeviceEvent> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(event("dev-" + i % 50, "e" + i, "alert", "info", MIDNIGHT + i));
    }
    log().append(1, events);

    List<EventLog.Stored> found =
        log()
            .query(
                new EventQuery(
                    false, MIDNIGHT, MIDNIGHT + 24_000, null, null, null, Long.MAX_VALUE, 3));

    assertEquals(
        List.of(24_000L, 23_999L, 23_998L),
        found.stream().map(each -> each.entry().seq()).toList());
  }
}

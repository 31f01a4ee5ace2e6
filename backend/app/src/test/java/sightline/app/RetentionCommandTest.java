package sightline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.history.EventLog;
import sightline.history.HistorySettings;
import sightline.history.PositionStore;
import sightline.history.SqliteEventLog;
import sightline.history.SqlitePositionStore;
import sightline.protocol.DeviceEvent;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** G7: the command by which a person lets retention take a larger step. */
final class RetentionCommandTest {
  private static final HistorySettings SETTINGS = HistorySettings.DEFAULT;

  @TempDir Path folder;

  private Path history() {
    return folder.resolve("data/history");
  }

  private void record(long millis) {
    InstantSource then = InstantSource.fixed(Instant.ofEpochMilli(millis));
    try (PositionStore positions = SqlitePositionStore.open(history(), SETTINGS, then);
        EventLog log = SqliteEventLog.open(history(), SETTINGS)) {
      double none = Double.NaN;
      positions.store(
          List.of(
              new Position(
                  "dev-1",
                  new Order(millis, 0),
                  millis,
                  millis,
                  false,
                  1,
                  1,
                  none,
                  none,
                  none,
                  none)),
          "c");
      var _ =
          log.append(
              1,
              List.of(
                  new DeviceEvent(
                      "dev-1",
                      "e-" + millis,
                      millis,
                      millis,
                      "alert",
                      "info",
                      null,
                      none,
                      none,
                      null)));
    }
  }

  private long kept() {
    try (PositionStore positions =
            SqlitePositionStore.open(history(), SETTINGS, InstantSource.system());
        EventLog log = SqliteEventLog.open(history(), SETTINGS)) {
      return positions.track("dev-1", 0, Long.MAX_VALUE, 0, 100).size() * 10L
          + log.after(0, 100).size();
    }
  }

  @Test
  void itSaysWhatWaitsAndRemovesItOnlyWhereItIsTold() throws Exception {
    Files.createDirectories(history());
    long now = System.currentTimeMillis();
    record(now - Duration.ofDays(500).toMillis());
    record(now);

    try (Program said = new Program(folder, Map.of(), List.of("retention", "--data=data"))) {
      assertEquals(0, said.code(), said.err());
      assertTrue(said.out().contains("1 older days of positions"), said.out());
      assertTrue(said.out().contains("1 older events"), said.out());
      assertTrue(said.out().contains("Nothing was removed."), said.out());
    }
    assertEquals(22, kept());

    try (Program done =
        new Program(folder, Map.of(), List.of("retention", "--apply", "--data=data"))) {
      assertEquals(0, done.code(), done.err());
      assertTrue(done.out().contains("Removed: 1 days of positions, 1 events."), done.out());
    }
    assertEquals(11, kept());
  }
}

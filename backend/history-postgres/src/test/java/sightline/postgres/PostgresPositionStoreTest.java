package sightline.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sightline.history.Samples.position;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sightline.history.HistorySettings;
import sightline.history.HistoryUnavailable;
import sightline.history.PositionStore;
import sightline.history.PositionStore.Outcome;
import sightline.history.PositionStoreContract;
import sightline.protocol.Position;

@Tag("slow")
final class PostgresPositionStoreTest extends PositionStoreContract {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private final PostgresSettings database = SharedServer.get().newDatabase();

  @Override
  protected PositionStore open(InstantSource clock) {
    return PostgresPositionStore.open(database, HistorySettings.DEFAULT, clock);
  }

  @Test
  void aDayIsAPartitionThatIsMadeAheadAndDroppedWhole() {
    store().store(List.of(position("dev-1", NOW - DAY, 0)), "a");
    assertEquals(
        List.of(
            "positions_20251231", "positions_20260101", "positions_20260102", "positions_20260103"),
        partitions());

    assertEquals(1, store().retain(NOW));

    assertEquals(
        List.of("positions_20260101", "positions_20260102", "positions_20260103"), partitions());
  }

  @Test
  void nonsenseClocksMakeNoPartitions() {
    List<Position> nonsense = new ArrayList<>();
    for (long year = -400; year < 400; year++) {
      nonsense.add(position("dev-1", NOW + year * 365 * DAY, 0));
    }

    store().store(nonsense, "a");

    assertEquals(3, partitions().size());
  }

  @Test
  void aBatchThatFailsLeavesTheCursorAndIsWholeAtTheNextTry() {
    store().store(List.of(position("dev-1", NOW, 0)), "a");
    SharedServer.get().execute(name(), "ALTER TABLE recorder ADD CHECK (cursor <> 'b')");
    List<Position> batch = List.of(position("dev-1", NOW + 1, 0));

    assertThrows(HistoryUnavailable.class, () -> store().store(batch, "b"));

    assertEquals("a", store().cursor());
    assertEquals(1, store().track("dev-1", 0, Long.MAX_VALUE, 0, 10).size());
    SharedServer.get()
        .execute(name(), "ALTER TABLE recorder DROP CONSTRAINT recorder_cursor_check");
    assertEquals(new Outcome(1, 0, 0), store().store(batch, "b"));
  }

  @Test
  void aCursorIsNotAheadOfABatchWhoseRowsFail() {
    store().store(List.of(position("dev-1", NOW, 0)), "a");
    SharedServer.get()
        .execute(
            name(), "ALTER TABLE positions ADD CONSTRAINT full_up CHECK (millis <= " + NOW + ")");
    List<Position> batch = List.of(position("dev-1", NOW + 1, 0));

    assertThrows(HistoryUnavailable.class, () -> store().store(batch, "b"));

    assertEquals("a", store().cursor());
    SharedServer.get().execute(name(), "ALTER TABLE positions DROP CONSTRAINT full_up");
    assertEquals(new Outcome(1, 0, 0), store().store(batch, "b"));
    assertEquals("b", store().cursor());
  }

  @Test
  void aDayThatAnotherProgramDroppedIsMadeAgain() {
    store().store(List.of(position("dev-1", NOW, 0)), "a");
    SharedServer.get().execute(name(), "DROP TABLE positions_20260101");

    assertThrows(
        HistoryUnavailable.class, () -> store().store(List.of(position("dev-1", NOW, 1)), "b"));

    assertEquals(new Outcome(1, 0, 0), store().store(List.of(position("dev-1", NOW, 1)), "b"));
  }

  @Test
  void retentionGivesWayToALongReadAndDropsTheDayTheNextTime() throws SQLException {
    store().store(List.of(position("dev-1", NOW - DAY, 0)), "a");
    try (Connection reader = DriverManager.getConnection(database.url(), "sightline", "");
        Statement statement = reader.createStatement()) {
      reader.setAutoCommit(false);
      statement.executeQuery("SELECT count(*) FROM positions").close();

      assertEquals(0, store().retain(NOW));
      reader.rollback();
    }
    assertEquals(1, store().retain(NOW));
  }

  @Test
  void aDeviceThatNoTopicCouldNameIsRefused() {
    List<Position> batch =
        List.of(position("d".repeat(65), NOW, 0), position("a\0b", NOW, 0), position("ok", NOW, 0));

    assertEquals(new Outcome(1, 0, 2), store().store(batch, "a"));
  }

  @Test
  void aTrackReadsOnlyTheDaysThatItAsksFor() {
    store().store(List.of(position("dev-1", NOW, 0), position("dev-1", NOW - DAY, 0)), "a");

    assertTrue(
        SharedServer.get()
            .text(
                database,
                "EXPLAIN SELECT * FROM positions WHERE device = 'dev-1' AND millis >= "
                    + (NOW - 1)
                    + " AND millis < "
                    + NOW)
            .stream()
            .noneMatch(line -> line.contains("positions_20251231")));
  }

  private String name() {
    return database.url().substring(database.url().lastIndexOf('/') + 1);
  }

  private List<String> partitions() {
    return SharedServer.get()
        .text(
            database,
            "SELECT inhrelid::regclass::text FROM pg_inherits"
                + " WHERE inhparent = 'positions'::regclass ORDER BY 1");
  }
}

package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sightline.history.Samples.position;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.history.PositionStore.Outcome;
import sightline.protocol.Position;

final class SqlitePositionStoreTest extends PositionStoreContract {
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final String TODAY = "positions-20260101.db";

  @TempDir private Path directory;

  @Override
  protected PositionStore open(InstantSource clock) {
    return SqlitePositionStore.open(directory, HistorySettings.DEFAULT, clock);
  }

  @Test
  void everyDayOfUtcHasAFileAndRetentionRemovesItWhole() throws IOException {
    store().store(List.of(position("dev-1", NOW - DAY, 0), position("dev-1", NOW, 0)), "a");
    assertEquals(Set.of("positions.db", "positions-20251231.db", TODAY), databases());

    store().retain(NOW);

    assertEquals(Set.of("positions.db", TODAY), databases());
    assertTrue(files().stream().noneMatch(name -> name.contains("20251231")), files().toString());
  }

  @Test
  void nonsenseClocksMakeNoFiles() throws IOException {
    List<Position> nonsense = new ArrayList<>();
    for (long year = -400; year < 400; year++) {
      nonsense.add(position("dev-1", NOW + year * 365 * DAY, 0));
    }

    store().store(nonsense, "a");

    assertEquals(Set.of("positions.db", TODAY), databases());
  }

  @Test
  void manyDaysInOneBatchAreAllWritten() throws IOException {
    List<Position> batch = new ArrayList<>();
    for (int day = 29; day >= 0; day--) {
      batch.add(position("dev-1", NOW - day * DAY, 0));
    }

    store().store(batch, "a");
    reopen();

    assertEquals(batch, store().track("dev-1", 0, Long.MAX_VALUE, 0, 100));
    assertEquals(31, databases().size());
  }

  @Test
  void afterAKillBetweenADayAndTheCursorTheNewestIsMadeGoodAndTheCursorIsBehind()
      throws SQLException {
    store().store(List.of(position("dev-1", NOW, 0)), "a");
    store().close();
    writeADayAsIfKilledBeforeTheCursor(List.of(position("dev-1", NOW + 1, 0)));

    openStore();

    assertEquals(List.of(position("dev-1", NOW + 1, 0)), store().newest());
    assertEquals("a", store().cursor());
  }

  @Test
  void aLostIndexIsMadeGoodFromTheDays() throws IOException {
    store().store(List.of(position("dev-1", NOW, 0), position("dev-2", NOW - DAY, 0)), "a");
    store().close();
    Files.delete(directory.resolve("positions.db"));

    openStore();

    assertEquals(2, store().newest().size());
    assertEquals("", store().cursor());
  }

  @Test
  void aDayOfANewerProgramStopsTheStart() throws SQLException {
    store().store(List.of(position("dev-1", NOW, 0)), "a");
    store().close();
    Path today = directory.resolve(TODAY);
    try (SqliteConnection newer = SqliteConnection.open(today, SqliteConnection.Mode.FULL)) {
      newer.execute("PRAGMA user_version = 9");
    }

    String message = assertThrows(NewerSchema.class, this::openStore).toString();

    assertTrue(message.contains(today + " has schema version 9, this program knows up to 1"));
    assertFalse(message.contains("\n"));
  }

  @Test
  void aBatchThatFailsAtItsSecondDayLeavesTheCursorAndIsWholeAtTheNextTry() throws SQLException {
    List<Position> batch = List.of(position("dev-1", NOW - DAY, 0), position("dev-1", NOW, 0));
    store().store(List.of(position("dev-1", NOW - 1, 0)), "a");
    try (SqliteConnection other =
        SqliteConnection.open(directory.resolve(TODAY), SqliteConnection.Mode.FULL)) {
      other.execute("BEGIN IMMEDIATE");
      String message =
          assertThrows(HistoryUnavailable.class, () -> store().store(batch, "b")).toString();
      assertTrue(message.contains("another process holds it"), message);
      assertEquals("a", store().cursor());
      other.execute("ROLLBACK");
    }

    assertEquals(new Outcome(1, 1, 0), store().store(batch, "b"));

    assertEquals("b", store().cursor());
    assertEquals(3, store().track("dev-1", 0, Long.MAX_VALUE, 0, 10).size());
  }

  @Test
  void aTrackIsReadWhileABatchIsBeingWritten() throws SQLException {
    store().store(List.of(position("dev-1", NOW, 0)), "a");
    try (SqliteConnection writer =
        SqliteConnection.open(directory.resolve(TODAY), SqliteConnection.Mode.FULL)) {
      writer.execute("BEGIN IMMEDIATE");
      writer.execute("DELETE FROM positions");

      assertEquals(
          List.of(position("dev-1", NOW, 0)), store().track("dev-1", 0, Long.MAX_VALUE, 0, 10));
    }
  }

  private void writeADayAsIfKilledBeforeTheCursor(List<Position> positions) throws SQLException {
    Path index = directory.resolve("positions.db");
    Path day = directory.resolve(TODAY);
    try (SqliteConnection c = SqliteConnection.open(index, SqliteConnection.Mode.NORMAL);
        SqliteConnection d = SqliteConnection.open(day, SqliteConnection.Mode.FULL)) {
      PositionIndex.begin(c, Set.of(Days.of(NOW)));
      PositionDay.insert(d, positions);
    }
  }

  private Set<String> databases() throws IOException {
    Set<String> names = files();
    names.removeIf(name -> !name.endsWith(".db"));
    return names;
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return new TreeSet<>(files.map(file -> file.getFileName().toString()).toList());
    }
  }
}

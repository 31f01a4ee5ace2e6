package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sightline.history.Samples.event;
import static sightline.history.Samples.events;
import static sightline.history.Samples.ids;
import static sightline.history.SqliteConnection.Mode.FULL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import sightline.protocol.DeviceEvent;

final class SqliteFailureTest {
  @TempDir private Path directory;

  private SqliteEventLog open() {
    return SqliteEventLog.open(directory, HistorySettings.DEFAULT);
  }

  private Path file() {
    return directory.resolve("events.db");
  }

  @Test
  void aFullDiskIsUnavailableWritesNothingOfTheGroupAndPasses() {
    try (SqliteEventLog log = open()) {
      log.append(1, events("dev-1", "before", 2));
      log.write("bound the file", c -> c.integer("PRAGMA max_page_count = 16"));

      String message =
          messageOf(HistoryUnavailable.class, () -> log.append(1, events("dev-1", "a", 2_000)));

      assertTrue(message.contains("the disk is full, free some space"), message);
      assertEquals(List.of("before-0", "before-1"), ids(log.after(0, 10_000)));
      assertEquals(2, log.newest());
      log.append(1, events("dev-1", "a", 2_000));
      EventLogContract.assertGapFree(log);
      assertEquals(2_002, log.newest());
    }
  }

  @Test
  void aFileThatAnotherProcessHoldsIsUnavailableAndReadsGoOn() throws SQLException {
    try (SqliteEventLog log = open();
        SqliteConnection other = SqliteConnection.open(file(), FULL)) {
      log.append(1, events("dev-1", "a", 1));
      other.execute("BEGIN IMMEDIATE");

      String message =
          messageOf(HistoryUnavailable.class, () -> log.append(1, events("dev-1", "b", 1)));

      assertTrue(message.contains("another process holds it"), message);
      assertEquals(1, log.newest());
      other.execute("ROLLBACK");
      assertInstanceOf(
          EventLog.Appended.New.class, log.append(1, events("dev-1", "b", 1)).getFirst());
    }
  }

  @Test
  void anEventThatATableRefusesIsADeadLetterWithItsReason() {
    DeviceEvent nameless = event("", "a");
    try (SqliteEventLog log = open()) {
      List<EventLog.Appended> outcomes = log.append(1, List.of(nameless, event("dev-1", "b")));

      String detail = assertInstanceOf(EventLog.Appended.Refused.class, outcomes.get(0)).detail();
      assertTrue(detail.contains("CHECK constraint failed"), detail);
      assertEquals(List.of("b"), ids(log.after(0, 10)));
      assertEquals(1, log.newest());
      String count =
          "SELECT count(*) FROM dead_letters WHERE event = 'a' AND detail LIKE '%CHECK%'";
      assertEquals(1, log.<Long>write("count", c -> c.integer(count)));
    }
  }

  @Test
  void aNewerSchemaStopsTheStartWithOneLine() throws SQLException {
    open().close();
    try (SqliteConnection newer = SqliteConnection.open(file(), FULL)) {
      newer.execute("PRAGMA user_version = 7");
    }

    String message = messageOf(NewerSchema.class, this::open);

    assertTrue(message.startsWith(file() + " has schema version 7, this program knows up to 3:"));
    assertFalse(message.contains("\n"));
  }

  @Test
  void aFileThatIsNotADatabaseStopsTheStartWithOneLine() throws IOException {
    Files.writeString(file(), "not a database at all ".repeat(100));

    String message = messageOf(DamagedFile.class, this::open);

    assertTrue(message.startsWith(file() + " is damaged"), message);
    assertFalse(message.contains("\n"));
  }

  @Test
  void aDamagedFileStopsTheStart() throws IOException {
    try (SqliteEventLog log = open()) {
      log.append(1, events("dev-1", "a", 100));
    }
    byte[] bytes = Files.readAllBytes(file());
    Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(file(), bytes);

    assertTrue(messageOf(DamagedFile.class, this::open).startsWith(file() + " is damaged"));
  }

  @Test
  void aHeadBehindItsEntriesStopsTheStart() {
    try (SqliteEventLog log = open()) {
      log.append(1, events("dev-1", "a", 3));
      log.write(
          "turn the head back",
          c -> {
            c.execute("UPDATE head SET newest = 2");
            return 0;
          });
    }

    assertTrue(messageOf(DamagedFile.class, this::open).contains("its head is behind"));
  }

  private static <T extends Throwable> String messageOf(Class<T> type, Executable executable) {
    return String.valueOf(assertThrows(type, executable).getMessage());
  }
}

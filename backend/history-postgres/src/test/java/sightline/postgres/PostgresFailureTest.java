package sightline.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static sightline.history.Samples.event;
import static sightline.history.Samples.events;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import sightline.history.EventLog;
import sightline.history.EventLog.Appended;
import sightline.history.HistorySettings;
import sightline.history.HistoryUnavailable;
import sightline.history.NewerSchema;
import sightline.history.Samples;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;

@Tag("slow")
final class PostgresFailureTest {
  private static final int KILLS = 3;
  private static final int GROUP = 7;
  private static final int GROUPS_BEFORE_KILL = 40;

  @Test
  void aNewerSchemaStopsTheStartWithOneLine() {
    PostgresSettings database = SharedServer.get().newDatabase();
    PostgresEventLog.open(database, HistorySettings.DEFAULT).close();
    SharedServer.get().execute(nameOf(database), newerScript());

    NewerSchema refused =
        assertThrows(
            NewerSchema.class, () -> PostgresEventLog.open(database, HistorySettings.DEFAULT));

    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("has schema version 7, this program knows up to 2:"), message);
    assertFalse(message.contains("\n"), message);
  }

  private static String newerScript() {
    return "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
        + " checksum, installed_by, execution_time, success)"
        + " VALUES (7, '7', 'later', 'SQL', 'V7__later.sql', 1, 'sightline', 1, true)";
  }

  @Test
  void aServerThatIsAwayIsUnavailableInOneLineAndIsMigratedOnceItIsThere() {
    try (PostgresServer server = PostgresServer.start()) {
      PostgresSettings database = server.newDatabase();
      server.kill();
      try (EventLog log = PostgresEventLog.open(database, HistorySettings.DEFAULT)) {
        String message =
            String.valueOf(
                assertThrows(HistoryUnavailable.class, () -> log.append(1, events("dev-1", "a", 1)))
                    .getMessage());
        assertTrue(message.startsWith("could not append events on jdbc:postgresql:"), message);
        assertFalse(message.contains("\n"), message);

        server.startAgain();

        assertInstanceOf(Appended.New.class, log.append(1, events("dev-1", "a", 1)).getFirst());
      }
    }
  }

  @Test
  void whatAppendReturnedIsThereOnceAfterKillsOfThePostmaster() throws Exception {
    try (PostgresServer server = PostgresServer.start()) {
      PostgresSettings database = server.newDatabase();
      Set<String> promised = ConcurrentHashMap.newKeySet();
      AtomicInteger groups = new AtomicInteger();
      try (EventLog log = PostgresEventLog.open(database, HistorySettings.DEFAULT)) {
        Thread appending = Thread.ofPlatform().start(() -> appendToTheEnd(log, groups, promised));
        for (int kill = 1; kill <= KILLS; kill++) {
          awaitGroups(groups, kill * GROUPS_BEFORE_KILL);
          server.kill();
          server.startAgain();
        }
        awaitGroups(groups, (KILLS + 1) * GROUPS_BEFORE_KILL);
        appending.interrupt();
        appending.join();

        List<String> stored = Samples.ids(log.after(0, Integer.MAX_VALUE));
        assertEquals(stored.size(), new HashSet<>(stored).size(), "an event is there twice");
        assertTrue(new HashSet<>(stored).containsAll(promised), "an event is lost");
        assertTrue(stored.size() <= promised.size() + GROUP, "one group in flight");
        assertEquals(
            LongStream.rangeClosed(1, log.newest()).boxed().toList(),
            Samples.seqs(log.after(0, Integer.MAX_VALUE)));
      }
    }
  }

  /** Appends a group after the other, each until it is promised, as the bridge does. */
  private static void appendToTheEnd(EventLog log, AtomicInteger groups, Set<String> promised) {
    while (!Thread.currentThread().isInterrupted()) {
      List<DeviceEvent> group = events("dev-1", "g" + groups.get(), GROUP);
      try {
        log.append(1, group);
        group.forEach(each -> promised.add(each.id()));
        groups.incrementAndGet();
      } catch (HistoryUnavailable e) {
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  private static void awaitGroups(AtomicInteger groups, int least) {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (groups.get() < least) {
      assertTrue(System.nanoTime() - deadline < 0, "only " + groups.get() + " groups");
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Test
  void aWriterThatStopsInTheMiddleDoesNotKeepTheLogFromTheNext() throws SQLException {
    PostgresSettings database = SharedServer.get().newDatabase();
    try (EventLog log = PostgresEventLog.open(database, HistorySettings.DEFAULT);
        Connection stopped =
            DriverManager.getConnection(
                database.url() + "?options=-c%20idle_in_transaction_session_timeout=2000",
                "sightline",
                "");
        Statement statement = stopped.createStatement()) {
      stopped.setAutoCommit(false);
      statement.execute("UPDATE head SET fence = 1");

      assertInstanceOf(Appended.New.class, log.append(2, List.of(event("dev-1", "a"))).getFirst());
      assertNotNull(log.find(new EventKey("dev-1", "a")));
    }
  }

  private static String nameOf(PostgresSettings database) {
    return database.url().substring(database.url().lastIndexOf('/') + 1);
  }
}

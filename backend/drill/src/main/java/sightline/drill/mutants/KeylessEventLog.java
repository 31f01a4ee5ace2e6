package sightline.drill.mutants;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import sightline.history.EventLog;
import sightline.history.ForwardingEventLog;
import sightline.history.HistorySettings;
import sightline.history.SqliteEventLog;
import sightline.protocol.DeviceEvent;
import sightline.protocol.LogEntry;

/**
 * Takes the unique key from the log and inserts whatever comes. For any thread; its lock is itself.
 */
final class KeylessEventLog extends ForwardingEventLog {
  @GuardedBy("this")
  private final Connection connection;

  private KeylessEventLog(EventLog log, Connection connection) {
    super(log);
    this.connection = connection;
  }

  static EventLog open(Path directory, HistorySettings settings) {
    EventLog log = SqliteEventLog.open(directory, settings);
    try {
      Connection connection =
          DriverManager.getConnection(
              "jdbc:sqlite:" + directory.resolve("events.db").toAbsolutePath());
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA busy_timeout = 1000");
        statement.execute("DROP INDEX IF EXISTS log_key");
        statement.execute("CREATE INDEX log_key ON log (device, event, kind)");
      }
      connection.setAutoCommit(false);
      return new KeylessEventLog(log, connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized List<Appended> append(long token, List<DeviceEvent> events) {
    List<Appended> answers = new ArrayList<>(events.size());
    try (Statement head = connection.createStatement()) {
      head.executeUpdate("UPDATE head SET fence = max(fence, " + token + ")");
      long newest = newest(head);
      for (DeviceEvent event : events) {
        newest++;
        insert(newest, event);
        answers.add(new Appended.New(new LogEntry.Recorded(newest, event)));
      }
      head.executeUpdate("UPDATE head SET newest = " + newest);
      connection.commit();
      return answers;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long newest(Statement head) throws SQLException {
    try (ResultSet row = head.executeQuery("SELECT newest FROM head")) {
      row.next();
      return row.getLong(1);
    }
  }

  @GuardedBy("this")
  private void insert(long seq, DeviceEvent event) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO log (seq, kind, device, event, timestamp, received, type, severity)"
                + " VALUES (?, 0, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, seq);
      insert.setString(2, event.device());
      insert.setString(3, event.id());
      insert.setLong(4, event.timestamp());
      insert.setLong(5, event.received());
      insert.setString(6, event.type());
      insert.setString(7, event.severity());
      insert.executeUpdate();
    }
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    super.close();
  }
}

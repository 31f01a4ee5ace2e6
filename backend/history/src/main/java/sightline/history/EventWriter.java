package sightline.history;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/** The writes of the event log, inside a transaction that its caller opened and owns. */
final class EventWriter {
  private static final String EVENT_FIELDS =
      "device, event, timestamp, received, type, severity, message, lat, lon, data";

  private final SqliteConnection connection;

  EventWriter(SqliteConnection connection) {
    this.connection = connection;
  }

  /** {@link EventLog#append}. */
  List<EventLog.Appended> append(long token, List<DeviceEvent> events) throws SQLException {
    raiseFence(token);
    long newest = newest();
    List<EventLog.Appended> outcomes = new ArrayList<>(events.size());
    for (DeviceEvent event : events) {
      EventLog.Appended outcome = append(newest + 1, event);
      if (outcome instanceof EventLog.Appended.New) {
        newest++;
      }
      outcomes.add(outcome);
    }
    setNewest(newest);
    return outcomes;
  }

  /** {@link EventLog#acknowledge}. */
  LogEntry.@Nullable Acknowledged acknowledge(
      EventKey key, String by, long time, @Nullable String note) throws SQLException {
    List<EventLog.Stored> found = EventRows.stored(byKey(connection, key));
    if (found.isEmpty()) {
      return null;
    }
    EventLog.Stored event = found.getFirst();
    if (event.acknowledged() != null) {
      return event.acknowledged();
    }
    long seq = newest() + 1;
    PreparedStatement insert =
        connection.statement(
            "INSERT INTO log (seq, kind, device, event, timestamp, acknowledged_by, note)"
                + " VALUES (?, 1, ?, ?, ?, ?, ?)");
    insert.setLong(1, seq);
    insert.setString(2, key.device());
    insert.setString(3, key.event());
    insert.setLong(4, time);
    insert.setString(5, by);
    insert.setString(6, note);
    insert.executeUpdate();
    PreparedStatement link =
        connection.statement("UPDATE log SET acknowledgement = ? WHERE seq = ?");
    link.setLong(1, seq);
    link.setLong(2, event.entry().seq());
    link.executeUpdate();
    setNewest(seq);
    return new LogEntry.Acknowledged(seq, key, by, time, note);
  }

  /** {@link EventLog#retain}. */
  int retain(long sinceMillis, int limit) throws SQLException {
    String old =
        "(SELECT %s FROM log INDEXED BY log_received WHERE kind = 0 AND received < ?"
            + " ORDER BY received, seq LIMIT ?)";
    deleteOld(
        "DELETE FROM log WHERE seq IN " + old.formatted("acknowledgement"), sinceMillis, limit);
    int deleted =
        deleteOld("DELETE FROM log WHERE seq IN " + old.formatted("seq"), sinceMillis, limit);
    PreparedStatement letters = connection.statement("DELETE FROM dead_letters WHERE received < ?");
    letters.setLong(1, sinceMillis);
    letters.executeUpdate();
    return deleted;
  }

  /** A query for one event, for {@link EventRows#stored}. */
  static PreparedStatement byKey(SqliteConnection connection, EventKey key) throws SQLException {
    PreparedStatement query =
        connection.statement(
            EventRows.SELECT_STORED.formatted("INDEXED BY log_key")
                + " AND e.device = ? AND e.event = ?");
    query.setString(1, key.device());
    query.setString(2, key.event());
    return query;
  }

  private EventLog.Appended append(long seq, DeviceEvent event) throws SQLException {
    String problem = Unicode.problem(event);
    if (problem != null) {
      return refuse(event, problem);
    }
    PreparedStatement insert =
        connection.statement(
            "INSERT INTO log (seq, kind, "
                + EVENT_FIELDS
                + ") VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (device, event, kind) DO NOTHING");
    insert.setLong(1, seq);
    EventRows.bind(insert, 2, event);
    int inserted;
    try {
      inserted = insert.executeUpdate();
    } catch (SQLException e) {
      if (!SqliteFailure.isOfOneRow(e)) {
        throw e;
      }
      return refuse(event, String.valueOf(e.getMessage()));
    }
    if (inserted == 1) {
      return new EventLog.Appended.New(new LogEntry.Recorded(seq, event));
    }
    EventLog.Stored known = EventRows.stored(byKey(connection, event.key())).getFirst();
    return new EventLog.Appended.Known(known.entry(), known.acknowledged());
  }

  private EventLog.Appended refuse(DeviceEvent event, String detail) throws SQLException {
    PreparedStatement insert =
        connection.statement(
            "INSERT OR REPLACE INTO dead_letters ("
                + EVENT_FIELDS
                + ", detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    EventRows.bind(insert, 1, event);
    insert.setString(EventRows.EVENT_COLUMNS + 1, detail);
    insert.executeUpdate();
    return new EventLog.Appended.Refused(event.key(), detail);
  }

  private void raiseFence(long token) throws SQLException {
    PreparedStatement raise = connection.statement("UPDATE head SET fence = ? WHERE fence <= ?");
    raise.setLong(1, token);
    raise.setLong(2, token);
    if (raise.executeUpdate() == 0) {
      throw new FencedOut(token, connection.integer("SELECT fence FROM head"));
    }
  }

  private long newest() throws SQLException {
    return connection.integer("SELECT newest FROM head");
  }

  private void setNewest(long seq) throws SQLException {
    PreparedStatement set = connection.statement("UPDATE head SET newest = ?");
    set.setLong(1, seq);
    set.executeUpdate();
  }

  private int deleteOld(String sql, long sinceMillis, int limit) throws SQLException {
    PreparedStatement delete = connection.statement(sql);
    delete.setLong(1, sinceMillis);
    delete.setInt(2, limit);
    return delete.executeUpdate();
  }
}

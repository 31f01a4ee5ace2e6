package sightline.history;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import sightline.protocol.DeviceEvent;
import sightline.protocol.LogEntry;

/** The event log as of a moment of the past. On a connection that the caller holds; stateless. */
final class EventPast {
  private static final String PART =
      "SELECT * FROM (SELECT *, %1$s AS moment FROM log INDEXED BY %2$s WHERE kind = %3$d AND"
          + " (%1$s, seq) > (?1, ?2) AND %1$s < ?3 ORDER BY %1$s, seq LIMIT ?4)";

  private EventPast() {}

  /** As {@link EventLog#within}. */
  static List<LogEntry> within(
      SqliteConnection connection, long from, long afterSeq, long to, int limit)
      throws SQLException {
    PreparedStatement query =
        connection.statement(
            PART.formatted("received", "log_received", 0)
                + " UNION ALL "
                + PART.formatted("timestamp", "log_acknowledged", 1)
                + " ORDER BY moment, seq LIMIT ?4");
    query.setLong(1, from);
    query.setLong(2, afterSeq);
    query.setLong(3, to);
    query.setInt(4, limit);
    return EventRows.entries(query);
  }

  /** As {@link EventLog#openCriticalAt}. */
  static List<EventLog.Stored> openCritical(SqliteConnection connection, long millis, int limit)
      throws SQLException {
    PreparedStatement query =
        connection.statement(
            EventRows.SELECT_STORED.formatted("INDEXED BY log_severity")
                + " AND e.severity = ?1 AND e.received < ?2 AND (a.seq IS NULL OR a.timestamp >="
                + " ?2) ORDER BY e.seq DESC LIMIT ?3");
    query.setString(1, DeviceEvent.CRITICAL);
    query.setLong(2, millis);
    query.setInt(3, limit);
    return EventRows.stored(query);
  }
}

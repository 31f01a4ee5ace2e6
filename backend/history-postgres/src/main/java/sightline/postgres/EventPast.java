package sightline.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import sightline.protocol.DeviceEvent;
import sightline.protocol.LogEntry;

/** The event log as of a moment of the past. On a connection that the caller holds; stateless. */
final class EventPast {
  private static final String PART =
      "(SELECT "
          + EventRows.ENTRY
          + ", e.%1$s AS moment FROM log e WHERE e.kind = %2$d AND (e.%1$s, e.seq) > (?, ?)"
          + " AND e.%1$s < ? ORDER BY e.%1$s, e.seq LIMIT ?)";

  private EventPast() {}

  /** As {@link sightline.history.EventLog#within}. */
  static List<LogEntry> within(Connection connection, long from, long afterSeq, long to, int limit)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            PART.formatted("received", 0)
                + " UNION ALL "
                + PART.formatted("timestamp", 1)
                + " ORDER BY moment, seq LIMIT ?")) {
      int at = 1;
      for (int part = 0; part < 2; part++) {
        query.setLong(at++, from);
        query.setLong(at++, afterSeq);
        query.setLong(at++, to);
        query.setInt(at++, limit);
      }
      query.setInt(at, limit);
      return EventRows.entries(query);
    }
  }

  /** As {@link sightline.history.EventLog#openCriticalAt}. */
  static List<DeviceEvent> openCritical(Connection connection, long millis, int limit)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            EventRows.SELECT_STORED
                + " AND e.severity = ? AND e.received < ?"
                + " AND (a.seq IS NULL OR a.timestamp >= ?) ORDER BY e.seq DESC LIMIT ?")) {
      query.setString(1, DeviceEvent.CRITICAL);
      query.setLong(2, millis);
      query.setLong(3, millis);
      query.setInt(4, limit);
      return EventRows.events(query);
    }
  }
}

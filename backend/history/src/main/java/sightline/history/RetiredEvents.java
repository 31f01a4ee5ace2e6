package sightline.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import sightline.protocol.DeviceEvent;
import sightline.protocol.LogEntry;

/**
 * What stays of acknowledged critical events that retention removes: that they are settled. Inside
 * a transaction that its caller opened and owns; stateless.
 */
final class RetiredEvents {
  private static final int MOST = 100_000;

  private RetiredEvents() {}

  /** Keeps those among the rows that a subquery with two parameters names; the newest stay. */
  static void keep(SqliteConnection connection, String rows, long sinceMillis, int limit)
      throws SQLException {
    PreparedStatement insert =
        connection.statement(
            "INSERT OR REPLACE INTO retired SELECT e.device, e.event, e.seq, a.seq, a.timestamp,"
                + " a.acknowledged_by FROM log e JOIN log a ON a.seq = e.acknowledgement"
                + " WHERE e.severity = ?3 AND e.seq IN "
                + rows.replaceFirst("received < \\?", "received < ?1")
                    .replace("LIMIT ?", "LIMIT ?2"));
    insert.setLong(1, sinceMillis);
    insert.setInt(2, limit);
    insert.setString(3, DeviceEvent.CRITICAL);
    if (insert.executeUpdate() > 0) {
      PreparedStatement trim =
          connection.statement(
              "DELETE FROM retired WHERE seq < (SELECT seq FROM retired INDEXED BY retired_seq"
                  + " ORDER BY seq DESC LIMIT 1 OFFSET ?)");
      trim.setInt(1, MOST - 1);
      trim.executeUpdate();
    }
  }

  /** What is known of an event that comes again; null where it is none of these. */
  static EventLog.@Nullable Appended find(SqliteConnection connection, DeviceEvent event)
      throws SQLException {
    PreparedStatement query =
        connection.statement(
            "SELECT seq, acknowledgement, acknowledged_by, acknowledged_at FROM retired"
                + " WHERE device = ? AND event = ?");
    query.setString(1, event.device());
    query.setString(2, event.id());
    try (ResultSet row = query.executeQuery()) {
      return row.next()
          ? new EventLog.Appended.Known(
              new LogEntry.Recorded(row.getLong(1), event),
              new LogEntry.Acknowledged(
                  row.getLong(2), event.key(), row.getString(3), row.getLong(4), null))
          : null;
    }
  }
}

package sightline.history;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds events by a query, along the index that fits it. Stateless.
 *
 * <p>SQLite would guess; here it is told: a device's own entries; else a narrow span of time,
 * sorted; else a type's, a severity's or all entries from the newest on, until there are enough.
 */
final class EventSearch {
  /** A span of time with at most this many events is sorted rather than searched for. */
  private static final int NARROW = 20_000;

  private EventSearch() {}

  /** The events, newest first. */
  static List<EventLog.Stored> run(SqliteConnection connection, EventQuery query)
      throws SQLException {
    StringBuilder sql =
        new StringBuilder(EventRows.SELECT_STORED.formatted(index(connection, query)));
    sql.append(" AND e.seq < ?");
    append(sql, query.device(), " AND e.device = ?");
    append(sql, query.type(), " AND e.type = ?");
    append(sql, query.severity(), " AND e.severity = ?");
    if (query.hasSpan()) {
      String at = " AND e." + query.spanColumn();
      sql.append(at).append(" >= ?").append(at).append(" < ?");
    }
    sql.append(" ORDER BY e.seq DESC LIMIT ?");
    PreparedStatement statement = connection.statement(sql.toString());
    int at = 1;
    statement.setLong(at++, query.beforeSeq());
    for (String text : new @Nullable String[] {query.device(), query.type(), query.severity()}) {
      if (text != null) {
        statement.setString(at++, text);
      }
    }
    if (query.hasSpan()) {
      statement.setLong(at++, query.fromMillis());
      statement.setLong(at++, query.toMillis());
    }
    statement.setInt(at, query.limit());
    return EventRows.stored(statement);
  }

  private static void append(StringBuilder sql, @Nullable String value, String clause) {
    if (value != null) {
      sql.append(clause);
    }
  }

  private static String index(SqliteConnection connection, EventQuery query) throws SQLException {
    if (query.device() != null) {
      return "INDEXED BY log_device";
    }
    if (query.hasSpan() && isNarrow(connection, query)) {
      return "INDEXED BY log_" + query.spanColumn();
    }
    if (query.type() != null) {
      return "INDEXED BY log_type";
    }
    return query.severity() != null ? "INDEXED BY log_severity" : "NOT INDEXED";
  }

  private static boolean isNarrow(SqliteConnection connection, EventQuery query)
      throws SQLException {
    PreparedStatement count =
        connection.statement(
            "SELECT count(*) FROM (SELECT 1 FROM log INDEXED BY log_%1$s"
                    .formatted(query.spanColumn())
                + " WHERE kind = 0 AND %1$s >= ? AND %1$s < ? LIMIT ?)"
                    .formatted(query.spanColumn()));
    count.setLong(1, query.fromMillis());
    count.setLong(2, query.toMillis());
    count.setInt(3, NARROW + 1);
    try (var row = count.executeQuery()) {
      return row.next() && row.getInt(1) <= NARROW;
    }
  }
}

package sightline.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.history.EventLog;
import sightline.history.EventQuery;

/** Finds events by a query; the planner chooses the index. Stateless. */
final class EventSearch {
  private EventSearch() {}

  /** The events, newest first. */
  static List<EventLog.Stored> run(Connection connection, EventQuery query) throws SQLException {
    StringBuilder sql = new StringBuilder(EventRows.SELECT_STORED).append(" AND e.seq < ?");
    List<String> texts = new ArrayList<>();
    equal(sql, texts, "e.device", query.device());
    equal(sql, texts, "e.type", query.type());
    equal(sql, texts, "e.severity", query.severity());
    if (query.hasSpan()) {
      String at = " AND e." + query.spanColumn();
      sql.append(at).append(" >= ?").append(at).append(" < ?");
    }
    sql.append(" ORDER BY e.seq DESC LIMIT ?");
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      int at = 1;
      statement.setLong(at++, query.beforeSeq());
      for (String text : texts) {
        statement.setString(at++, StorableText.of(text));
      }
      if (query.hasSpan()) {
        statement.setLong(at++, query.fromMillis());
        statement.setLong(at++, query.toMillis());
      }
      statement.setInt(at, query.limit());
      return EventRows.stored(statement);
    }
  }

  private static void equal(
      StringBuilder sql, List<String> texts, String column, @Nullable String value) {
    if (value != null) {
      sql.append(" AND ").append(column).append(" = ?");
      texts.add(value);
    }
  }
}

package sightline.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sightline.protocol.Position;

/**
 * What all devices did in a part of one day: a look-up a device along the key, as the file has no
 * order by time. On a connection that the caller holds; stateless.
 */
final class PositionPast {
  private static final String EACH =
      "WITH RECURSIVE each (device) AS (SELECT min(device) FROM positions UNION ALL SELECT (SELECT"
          + " min(device) FROM positions WHERE device > each.device) FROM each WHERE device IS NOT"
          + " NULL) ";

  private PositionPast() {}

  /** As {@link PositionStore#lastOfSpans}, of this day. */
  static List<Position> lastOfSpans(
      SqliteConnection connection, long from, long to, long everyMillis, int limit)
      throws SQLException {
    PreparedStatement query =
        connection.statement(
            EACH
                + "SELECT "
                + columns("p")
                + " FROM (SELECT o.device, max(o.millis) AS millis FROM each CROSS JOIN positions o"
                + " ON o.device = each.device AND o.millis >= ?1 AND o.millis < ?2"
                + " GROUP BY o.device, (o.millis - ?1) / ?3) s CROSS JOIN positions p"
                + " ON p.device = s.device AND p.millis = s.millis AND p.seq = (SELECT max(seq)"
                + " FROM positions n WHERE n.device = s.device AND n.millis = s.millis)"
                + " ORDER BY p.millis, p.device LIMIT ?4");
    query.setLong(1, from);
    query.setLong(2, to);
    query.setLong(3, everyMillis);
    query.setInt(4, limit);
    return read(query);
  }

  /** As {@link PositionStore#newestWithin}, of this day. */
  static List<Position> newest(SqliteConnection connection, long from, long to)
      throws SQLException {
    PreparedStatement query =
        connection.statement(
            EACH
                + "SELECT "
                + columns("p")
                + " FROM each CROSS JOIN positions p ON p.device = each.device AND (p.millis,"
                + " p.seq) = (SELECT millis, seq FROM positions n WHERE n.device = each.device AND"
                + " n.millis >= ?1 AND n.millis < ?2 ORDER BY n.millis DESC, n.seq DESC LIMIT 1)");
    query.setLong(1, from);
    query.setLong(2, to);
    return read(query);
  }

  /** Adds a day's to those of the days before; a span over midnight keeps its last position. */
  static void join(List<Position> found, List<Position> more, long from, long everyMillis) {
    Map<String, Long> spans = new HashMap<>();
    for (Position position : more) {
      spans.putIfAbsent(position.device(), span(position, from, everyMillis));
    }
    found.removeIf(
        position -> {
          Long next = spans.get(position.device());
          return next != null && next == span(position, from, everyMillis);
        });
    found.addAll(more);
  }

  private static long span(Position position, long from, long everyMillis) {
    return (position.order().millis() - from) / everyMillis;
  }

  private static String columns(String table) {
    return table + "." + PositionRows.COLUMNS.replace(", ", ", " + table + ".");
  }

  private static List<Position> read(PreparedStatement query) throws SQLException {
    List<Position> found = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(PositionRows.read(row));
      }
    }
    return found;
  }
}

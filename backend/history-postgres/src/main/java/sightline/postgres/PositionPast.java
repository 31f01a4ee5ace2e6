package sightline.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import sightline.protocol.Position;

/**
 * What all devices did in a part of the past: a look-up a device along the key. Who there is, the
 * table of the newest says. On a connection that the caller holds; stateless.
 */
final class PositionPast {
  private static final String OF_EACH =
      "SELECT p.* FROM newest d CROSS JOIN LATERAL (SELECT %s"
          + PositionRows.COLUMNS
          + " FROM positions o WHERE o.device = d.device AND o.millis >= ? AND o.millis < ?"
          + " ORDER BY %s) p ORDER BY %s";

  private static final String NEWEST = OF_EACH.formatted("", "millis DESC, seq DESC LIMIT 1", "1");

  private static final String LAST_OF_SPANS =
      OF_EACH.formatted(
          "DISTINCT ON ((o.millis - ?) / ?) ",
          "(o.millis - ?) / ?, o.millis DESC, o.seq DESC",
          "p.millis, p.device LIMIT ?");

  private PositionPast() {}

  /** As {@link sightline.history.PositionStore#lastOfSpans}. */
  static List<Position> lastOfSpans(
      Connection connection, long from, long to, long everyMillis, int limit) throws SQLException {
    // The numbers are written in: as parameters, PostgreSQL would not see that both spans are one.
    String span = "(o.millis - (%d)) / %d".formatted(from, everyMillis);
    try (PreparedStatement query =
        connection.prepareStatement(LAST_OF_SPANS.replace("(o.millis - ?) / ?", span))) {
      query.setLong(1, from);
      query.setLong(2, to);
      query.setInt(3, limit);
      return PositionRows.read(query);
    }
  }

  /** As {@link sightline.history.PositionStore#newestWithin}. */
  static List<Position> newest(Connection connection, long from, long to) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NEWEST)) {
      query.setLong(1, from);
      query.setLong(2, to);
      return PositionRows.read(query);
    }
  }
}

package sightline.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** What is done with the file of one day, on a connection that the caller holds. Stateless. */
final class PositionDay {
  private static final String SELECT = "SELECT " + PositionRows.COLUMNS + " FROM positions";
  private static final String IN_SPAN =
      " WHERE device = ? AND (millis, seq) > (?, ?) AND millis < ?";
  private static final String BY_ORDER = " ORDER BY millis, seq LIMIT ?";

  private PositionDay() {}

  /** Inserts what is not there yet, in one commit; says how many rows that were. */
  static int insert(SqliteConnection connection, List<Position> positions) throws SQLException {
    List<Position> sorted = new ArrayList<>(positions);
    sorted.sort(Comparator.comparing(Position::device).thenComparing(Position::order));
    return connection.transaction(
        c -> {
          PreparedStatement insert =
              c.statement(
                  "INSERT INTO positions ("
                      + PositionRows.COLUMNS
                      + ") VALUES "
                      + PositionRows.VALUES
                      + " ON CONFLICT (device, millis, seq) DO NOTHING");
          int added = 0;
          for (Position position : sorted) {
            PositionRows.bind(insert, position);
            added += insert.executeUpdate();
          }
          return added;
        });
  }

  /** The newest position of each device: one look-up a device, along the key. */
  static List<Position> newest(SqliteConnection connection) throws SQLException {
    String next = "(SELECT min(device) FROM positions WHERE device > each.device)";
    PreparedStatement devices =
        connection.statement(
            "WITH RECURSIVE each (device) AS (SELECT min(device) FROM positions UNION ALL SELECT "
                + next
                + " FROM each WHERE device IS NOT NULL)"
                + " SELECT device FROM each WHERE device IS NOT NULL");
    List<String> ids = new ArrayList<>();
    try (ResultSet row = devices.executeQuery()) {
      while (row.next()) {
        ids.add(row.getString(1));
      }
    }
    PreparedStatement newest =
        connection.statement(SELECT + " WHERE device = ? ORDER BY millis DESC, seq DESC LIMIT 1");
    List<Position> found = new ArrayList<>(ids.size());
    for (String id : ids) {
      newest.setString(1, id);
      read(newest, found);
    }
    return found;
  }

  /** Adds a device's positions of a span to those found, until there are {@code limit}. */
  static void track(
      SqliteConnection connection,
      String device,
      Order after,
      long to,
      long everyMillis,
      int limit,
      List<Position> found)
      throws SQLException {
    PreparedStatement query = connection.statement(SELECT + IN_SPAN + BY_ORDER);
    query.setString(1, device);
    query.setLong(4, to);
    query.setInt(5, everyMillis <= 0 ? limit - found.size() : 1);
    Order start = found.isEmpty() ? after : beforeNext(found, everyMillis);
    boolean more = true;
    while (more && found.size() < limit) {
      query.setLong(2, start.millis());
      query.setLong(3, start.seq());
      more = read(query, found) > 0 && everyMillis > 0;
      start = more ? beforeNext(found, everyMillis) : start;
    }
  }

  /** After the last one found, or where spans are wanted, before the span after its own. */
  private static Order beforeNext(List<Position> found, long everyMillis) {
    Order last = found.getLast().order();
    return everyMillis <= 0
        ? last
        : Order.before((Math.floorDiv(last.millis(), everyMillis) + 1) * everyMillis);
  }

  private static int read(PreparedStatement query, List<Position> found) throws SQLException {
    int before = found.size();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(PositionRows.read(row));
      }
    }
    return found.size() - before;
  }
}

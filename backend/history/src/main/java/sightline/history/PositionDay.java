package sightline.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import sightline.protocol.Position;

/** What is done with the file of one day, on a connection that the caller holds. Stateless. */
final class PositionDay {
  private static final String SELECT = "SELECT " + PositionRows.COLUMNS + " FROM positions";
  private static final String IN_SPAN = " WHERE device = ? AND millis >= ? AND millis < ?";
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

  /** Adds a device's positions in [from, to) to those found, until there are {@code limit}. */
  static void track(
      SqliteConnection connection,
      String device,
      long from,
      long to,
      long everyMillis,
      int limit,
      List<Position> found)
      throws SQLException {
    PreparedStatement query = connection.statement(SELECT + IN_SPAN + BY_ORDER);
    query.setString(1, device);
    query.setLong(3, to);
    if (everyMillis <= 0) {
      query.setLong(2, from);
      query.setInt(4, limit - found.size());
      read(query, found);
      return;
    }
    query.setInt(4, 1);
    long start = Math.max(from, startOfNextSpan(found, everyMillis));
    while (found.size() < limit) {
      query.setLong(2, start);
      if (read(query, found) == 0) {
        return;
      }
      start = startOfNextSpan(found, everyMillis);
    }
  }

  private static long startOfNextSpan(List<Position> found, long everyMillis) {
    if (found.isEmpty()) {
      return Long.MIN_VALUE;
    }
    return (Math.floorDiv(found.getLast().order().millis(), everyMillis) + 1) * everyMillis;
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

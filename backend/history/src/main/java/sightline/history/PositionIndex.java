package sightline.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sightline.protocol.Position;

/**
 * What is done with {@code positions.db}: the cursor, the newest of each device, and the days being
 * written to. On a connection that the caller holds; stateless.
 */
final class PositionIndex {
  private PositionIndex() {}

  /** Notes the days that will be written to before the cursor moves. */
  static void begin(SqliteConnection connection, Set<Long> days) throws SQLException {
    connection.<Boolean>transaction(
        c -> {
          PreparedStatement insert = c.statement("INSERT OR IGNORE INTO in_flight VALUES (?)");
          for (long day : days) {
            insert.setLong(1, day);
            insert.executeUpdate();
          }
          return true;
        });
  }

  /** Moves the cursor after what has been stored, and the newest with it. */
  static void finish(SqliteConnection connection, List<Position> stored, String cursor, long ahead)
      throws SQLException {
    connection.<Boolean>transaction(
        c -> {
          advance(c, stored, ahead);
          PreparedStatement set = c.statement("UPDATE cursor SET value = ?");
          set.setString(1, cursor);
          set.executeUpdate();
          c.statement("DELETE FROM in_flight").executeUpdate();
          return true;
        });
  }

  /** Makes the newest good from days that were written to, without moving the cursor. */
  static void recover(SqliteConnection connection, List<Position> newestOfDays)
      throws SQLException {
    connection.<Boolean>transaction(
        c -> {
          advance(c, newestOfDays, Long.MAX_VALUE);
          c.statement("DELETE FROM in_flight").executeUpdate();
          return true;
        });
  }

  /** Forgets devices whose newest position is gone. */
  static void forgetBefore(SqliteConnection connection, long millis) throws SQLException {
    PreparedStatement delete = connection.statement("DELETE FROM newest WHERE millis < ?");
    delete.setLong(1, millis);
    delete.executeUpdate();
  }

  /** The days of a batch that was not finished. */
  static List<Long> inFlight(SqliteConnection connection) throws SQLException {
    List<Long> days = new ArrayList<>();
    try (ResultSet row = connection.statement("SELECT day FROM in_flight").executeQuery()) {
      while (row.next()) {
        days.add(row.getLong(1));
      }
    }
    return days;
  }

  /** Where the recorder is. */
  static String cursor(SqliteConnection connection) throws SQLException {
    try (ResultSet row = connection.statement("SELECT value FROM cursor").executeQuery()) {
      return row.next() ? row.getString(1) : "";
    }
  }

  /** The newest of each device. */
  static List<Position> newest(SqliteConnection connection) throws SQLException {
    List<Position> found = new ArrayList<>();
    String sql = "SELECT " + PositionRows.COLUMNS + " FROM newest";
    try (ResultSet row = connection.statement(sql).executeQuery()) {
      while (row.next()) {
        found.add(PositionRows.read(row));
      }
    }
    return found;
  }

  private static void advance(SqliteConnection connection, List<Position> positions, long ahead)
      throws SQLException {
    Map<String, Position> newest = new HashMap<>();
    for (Position position : positions) {
      newest.merge(position.device(), position, (a, b) -> b.order().isAfter(a.order()) ? b : a);
    }
    PreparedStatement upsert =
        connection.statement(
            "INSERT INTO newest ("
                + PositionRows.COLUMNS
                + ") VALUES "
                + PositionRows.VALUES
                + " ON CONFLICT (device) DO UPDATE SET millis = excluded.millis,"
                + " seq = excluded.seq, received = excluded.received,"
                + " device_time = excluded.device_time, skewed = excluded.skewed,"
                + " lat = excluded.lat, lon = excluded.lon, heading = excluded.heading,"
                + " speed = excluded.speed, accuracy = excluded.accuracy,"
                + " altitude = excluded.altitude"
                + " WHERE (excluded.millis, excluded.seq) > (newest.millis, newest.seq)"
                + " OR newest.millis >= ?13");
    upsert.setLong(13, ahead);
    for (Position position : newest.values()) {
      PositionRows.bind(upsert, position);
      upsert.executeUpdate();
    }
  }
}

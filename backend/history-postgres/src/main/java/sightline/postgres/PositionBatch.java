package sightline.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import sightline.protocol.Position;

/**
 * A batch on its way into {@code positions}, inside a transaction that its caller opened and owns:
 * by COPY into a temporary table, and from there what is not there yet. Stateless.
 */
final class PositionBatch {
  private static final String MAKE =
      "CREATE TEMPORARY TABLE IF NOT EXISTS incoming (n integer, device text COLLATE \"C\","
          + " millis bigint, seq bigint, received bigint, device_time bigint, skewed boolean,"
          + " lat double precision, lon double precision, heading double precision,"
          + " speed double precision, accuracy double precision, altitude double precision)"
          + " ON COMMIT DELETE ROWS";

  /** In the order of the key, which keeps the index's pages together; of equals the first. */
  private static final String INSERT =
      "INSERT INTO positions ("
          + PositionRows.COLUMNS
          + ") SELECT "
          + PositionRows.COLUMNS
          + " FROM incoming ORDER BY device, millis, seq, n ON CONFLICT DO NOTHING";

  private static final String ADVANCE =
      "INSERT INTO newest ("
          + PositionRows.COLUMNS
          + ") SELECT DISTINCT ON (device) "
          + PositionRows.COLUMNS
          + " FROM incoming ORDER BY device, millis DESC, seq DESC, n"
          + " ON CONFLICT (device) DO UPDATE SET millis = excluded.millis, seq = excluded.seq,"
          + " received = excluded.received, device_time = excluded.device_time,"
          + " skewed = excluded.skewed, lat = excluded.lat, lon = excluded.lon,"
          + " heading = excluded.heading, speed = excluded.speed, accuracy = excluded.accuracy,"
          + " altitude = excluded.altitude"
          + " WHERE (excluded.millis, excluded.seq) > (newest.millis, newest.seq)";

  private PositionBatch() {}

  /** Stores them, moves the newest and the cursor; says how many rows are new. */
  static int store(Connection connection, List<Position> batch, String cursor) throws SQLException {
    int added = 0;
    if (!batch.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(MAKE);
        CopyRows.into(connection, "incoming", batch);
        added = statement.executeUpdate(INSERT);
        statement.executeUpdate(ADVANCE);
      }
    }
    try (PreparedStatement set = connection.prepareStatement("UPDATE recorder SET cursor = ?")) {
      set.setString(1, cursor);
      set.executeUpdate();
    }
    return added;
  }
}

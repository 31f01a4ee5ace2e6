package sightline.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.protocol.Position;

/**
 * A batch on its way into {@code positions}, inside a transaction that its caller opened and owns:
 * by COPY straight into its partitions. Where a row is there already, COPY fails whole, and the
 * batch goes by a temporary table, from there what is not there yet. Stateless.
 */
final class PositionBatch {
  private static final String MAKE =
      "CREATE TEMPORARY TABLE IF NOT EXISTS incoming (device text COLLATE \"C\","
          + " millis bigint, seq bigint, received bigint, device_time bigint, skewed boolean,"
          + " lat double precision, lon double precision, heading double precision,"
          + " speed double precision, accuracy double precision, altitude double precision)"
          + " ON COMMIT DELETE ROWS";

  private static final String MERGE =
      "INSERT INTO positions ("
          + PositionRows.COLUMNS
          + ") SELECT "
          + PositionRows.COLUMNS
          + " FROM incoming ON CONFLICT DO NOTHING";

  private static final String ADVANCE =
      "INSERT INTO newest ("
          + PositionRows.COLUMNS
          + ") SELECT "
          + PositionRows.COLUMNS
          + " FROM incoming ON CONFLICT (device) DO UPDATE SET millis = excluded.millis,"
          + " seq = excluded.seq, received = excluded.received,"
          + " device_time = excluded.device_time, skewed = excluded.skewed, lat = excluded.lat,"
          + " lon = excluded.lon, heading = excluded.heading, speed = excluded.speed,"
          + " accuracy = excluded.accuracy, altitude = excluded.altitude"
          + " WHERE (excluded.millis, excluded.seq) > (newest.millis, newest.seq)"
          + " OR newest.millis >= ?";

  /** The order of the key, which keeps the index's pages together. */
  private static final Comparator<Position> BY_KEY =
      Comparator.comparing(Position::device).thenComparing(Position::order);

  private PositionBatch() {}

  /**
   * Stores them, moves the newest and the cursor; says how many rows are new.
   *
   * @param ahead what is newest of a device and not before this time gives way: its clock was wrong
   */
  static int store(Connection connection, List<Position> batch, String cursor, long ahead)
      throws SQLException {
    int added = 0;
    if (!batch.isEmpty()) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(MAKE);
        List<Position> ordered = distinct(batch);
        added = insert(connection, statement, ordered);
        CopyRows.into(connection, "incoming", newest(ordered));
      }
      try (PreparedStatement advance = connection.prepareStatement(ADVANCE)) {
        advance.setLong(1, ahead);
        advance.executeUpdate();
      }
    }
    try (PreparedStatement set = connection.prepareStatement("UPDATE recorder SET cursor = ?")) {
      set.setString(1, cursor);
      set.executeUpdate();
    }
    return added;
  }

  private static int insert(Connection connection, Statement statement, List<Position> ordered)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      CopyRows.into(connection, "positions", ordered);
      return ordered.size();
    } catch (SQLException e) {
      if (!PostgresFailure.isThereAlready(e)) {
        throw e;
      }
      connection.rollback(before);
    }
    CopyRows.into(connection, "incoming", ordered);
    int added = statement.executeUpdate(MERGE);
    statement.executeUpdate("TRUNCATE incoming");
    return added;
  }

  /** By key; of equals the first. */
  private static List<Position> distinct(List<Position> batch) {
    List<Position> ordered = new ArrayList<>(batch);
    ordered.sort(BY_KEY);
    List<Position> distinct = new ArrayList<>(ordered.size());
    @Nullable Position last = null;
    for (Position position : ordered) {
      if (last == null || BY_KEY.compare(last, position) != 0) {
        distinct.add(position);
      }
      last = position;
    }
    return distinct;
  }

  /** The last of each device. */
  private static List<Position> newest(List<Position> ordered) {
    List<Position> newest = new ArrayList<>();
    for (int i = 0; i < ordered.size(); i++) {
      Position position = ordered.get(i);
      if (i + 1 == ordered.size() || !ordered.get(i + 1).device().equals(position.device())) {
        newest.add(position);
      }
    }
    return newest;
  }
}

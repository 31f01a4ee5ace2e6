package sightline.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The rows of {@code retention}: where it is. Stateless. */
final class RetentionMark {
  private RetentionMark() {}

  /** {@link sightline.history.Retained#retainedSince()}. */
  static long read(Connection connection, String store) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT coalesce(since, " + Long.MAX_VALUE + ") FROM retention WHERE store = ?")) {
      query.setString(1, store);
      return number(query);
    }
  }

  /** {@link sightline.history.Retained#retainedSince(long)}; gives how many rows, one. */
  static int write(Connection connection, String store, long millis) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("UPDATE retention SET since = ? WHERE store = ?")) {
      set.setLong(1, millis);
      set.setString(2, store);
      return set.executeUpdate();
    }
  }

  /** The single number that a query returns. */
  static long number(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        throw new SQLException("the table retention has lost a row: restore a backup");
      }
      return row.getLong(1);
    }
  }
}

package sightline.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import sightline.history.FencedOut;

/** The counter row, locked by whoever appends until its commit. Stateless. */
final class Head {
  private Head() {}

  /**
   * Locks the row, checks and raises its fence.
   *
   * @return the newest number given
   * @throws FencedOut where the fence is higher than the token
   */
  static long raiseFence(Connection connection, long token) throws SQLException {
    try (PreparedStatement raise =
        connection.prepareStatement(
            "UPDATE head SET fence = ? WHERE fence <= ? RETURNING newest")) {
      raise.setLong(1, token);
      raise.setLong(2, token);
      try (ResultSet row = raise.executeQuery()) {
        if (row.next()) {
          return row.getLong(1);
        }
      }
    }
    throw new FencedOut(token, read(connection, "fence"));
  }

  /** Locks the row; returns the newest number given. */
  static long lock(Connection connection) throws SQLException {
    return read(connection, "newest", " FOR UPDATE");
  }

  /** Reads a column of the row as it is now. */
  static long read(Connection connection, String column) throws SQLException {
    return read(connection, column, "");
  }

  static void setNewest(Connection connection, long seq) throws SQLException {
    try (PreparedStatement set = connection.prepareStatement("UPDATE head SET newest = ?")) {
      set.setLong(1, seq);
      set.executeUpdate();
    }
  }

  private static long read(Connection connection, String column, String lock) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT " + column + " FROM head" + lock)) {
      if (!row.next()) {
        throw new SQLException("the table head has lost its row: restore a backup");
      }
      return row.getLong(1);
    }
  }
}

package sightline.history;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/** The row of {@code retention}: where it is. On a connection that the caller holds; stateless. */
final class RetentionMark {
  private RetentionMark() {}

  /** {@link Retained#retainedSince()}. */
  static long read(SqliteConnection connection) throws SQLException {
    return connection.integer("SELECT coalesce(since, " + Long.MAX_VALUE + ") FROM retention");
  }

  /** {@link Retained#retainedSince(long)}; gives how many rows that were, one. */
  static int write(SqliteConnection connection, long millis) throws SQLException {
    PreparedStatement set = connection.statement("UPDATE retention SET since = ?");
    set.setLong(1, millis);
    return set.executeUpdate();
  }
}

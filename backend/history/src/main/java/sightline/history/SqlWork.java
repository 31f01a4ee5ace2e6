package sightline.history;

import java.sql.SQLException;

/** What is done with a connection while it is held. */
@FunctionalInterface
interface SqlWork<T extends @org.jspecify.annotations.Nullable Object> {
  /** Does it; the connection is not kept. */
  T run(SqliteConnection connection) throws SQLException;
}

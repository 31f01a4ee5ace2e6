package sightline.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is done with a connection while it is held. */
@FunctionalInterface
interface SqlWork<T extends @Nullable Object> {
  /** Does it; the connection is not kept. */
  T run(Connection connection) throws SQLException;
}

package sightline.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import sightline.history.NewerSchema;

/**
 * Brings a database to this program's schema by Flyway, which holds a lock meanwhile, so that
 * several processes may start at once. Stateless.
 */
final class Migrations {
  /** The newest script under {@code migrations}. */
  static final int NEWEST = 2;

  private static final String SCRIPTS = "classpath:sightline/postgres/migrations";

  private Migrations() {}

  /**
   * Runs the scripts that it lacks.
   *
   * @throws NewerSchema where the database is of a newer program; nothing is changed
   */
  static void apply(DataSource source, PostgresSettings settings) throws SQLException {
    int found = version(source);
    if (found > NEWEST) {
      throw new NewerSchema(
          PostgresFailure.address(settings), String.valueOf(found), NEWEST, "the database");
    }
    if (found == NEWEST) {
      return;
    }
    try {
      Flyway.configure()
          .dataSource(source)
          .locations(SCRIPTS)
          .baselineOnMigrate(false)
          .cleanDisabled(true)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new SQLException("the schema could not be migrated: " + e.getMessage(), e);
    }
  }

  /** The newest script that has run, 0 in a new database. */
  private static int version(DataSource source) throws SQLException {
    try (Connection connection = source.getConnection();
        Statement statement = connection.createStatement()) {
      try (ResultSet row =
          statement.executeQuery("SELECT to_regclass('flyway_schema_history') IS NULL")) {
        if (row.next() && row.getBoolean(1)) {
          return 0;
        }
      }
      try (ResultSet row =
          statement.executeQuery(
              "SELECT coalesce(max(split_part(version, '.', 1)::int), 0)"
                  + " FROM flyway_schema_history WHERE success")) {
        row.next();
        return row.getInt(1);
      }
    }
  }
}

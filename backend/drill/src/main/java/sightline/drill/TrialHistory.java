package sightline.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Predicate;
import sightline.drill.mutants.Addresses;

/** What is in a trial's database, asked past the program. For one thread. */
final class TrialHistory implements AutoCloseable {
  private static final long POLL_MILLIS = 2;

  private final Connection connection;

  TrialHistory(Addresses at) throws SQLException, IOException {
    connection = open(at);
  }

  static Connection open(Addresses at) throws SQLException, IOException {
    String password = Files.readString(at.postgresPassword()).strip();
    return DriverManager.getConnection(at.postgres(), at.user(), password);
  }

  /** Runs a statement. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one value that a query answers, as text; empty for none. */
  String value(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      String value = row.next() ? row.getString(1) : null;
      return value == null ? "" : value;
    }
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(value(sql));
  }

  /** Waits until a query answers so. */
  void await(String what, long deadlineNanos, String sql, Predicate<String> answer)
      throws SQLException, InterruptedException {
    while (!answer.test(value(sql))) {
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new DrillStuck("waited in vain until " + what);
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

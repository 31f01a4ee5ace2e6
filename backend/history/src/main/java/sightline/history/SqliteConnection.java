package sightline.history;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;
import sightline.time.RoleClock;

/**
 * One connection to one SQLite file in WAL mode, with its prepared statements. Owned by whoever
 * holds it: one thread at a time.
 */
final class SqliteConnection implements AutoCloseable {
  /** How long a call waits for a lock that another process holds. */
  static final int BUSY_TIMEOUT_MILLIS = 1_000;

  private static final long BUSY_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** Steps of SQLite's machine from one look at the clock to the next: well under 1 ms. */
  private static final int STEPS = 10_000;

  private static final int CACHE_KIB = 16 * 1024;
  private static final int WAL_LIMIT_BYTES = 64 * 1024 * 1024;

  /** What a connection is for. */
  enum Mode {
    /** Writes; a commit returns once it is on disk. */
    FULL,
    /** Writes; a commit survives the process, and not always the machine. */
    NORMAL,
    /** Writes without ever syncing; for the test that must notice it. */
    OFF,
    /** Only reads, and does not create the file. */
    READ
  }

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  private SqliteConnection(Connection connection) {
    this.connection = connection;
  }

  /** Opens a file, which is created where the mode writes. */
  static SqliteConnection open(Path file, Mode mode) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    if (mode == Mode.READ) {
      config.resetOpenMode(SQLiteOpenMode.CREATE);
    }
    SqliteConnection opened =
        new SqliteConnection(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
    try {
      if (mode == Mode.READ) {
        opened.execute("PRAGMA query_only = ON");
      } else {
        opened.writeAhead();
        opened.execute("PRAGMA synchronous = " + mode);
        opened.execute("PRAGMA cache_size = -" + CACHE_KIB);
        opened.execute("PRAGMA journal_size_limit = " + WAL_LIMIT_BYTES);
      }
      return opened;
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
  }

  /** Sets the mode of the file; SQLite itself does not wait for another who sets it just now. */
  private void writeAhead() throws SQLException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BUSY_TIMEOUT_MILLIS);
    while (true) {
      try {
        execute("PRAGMA journal_mode = WAL");
        return;
      } catch (SQLException e) {
        if (!SqliteFailure.isBusy(e) || System.nanoTime() >= end) {
          throw e;
        }
        LockSupport.parkNanos(BUSY_PAUSE_NANOS);
      }
    }
  }

  /** The prepared statement of a text; prepared once, and not to be closed by the caller. */
  PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement prepared = statements.get(sql);
    if (prepared == null) {
      prepared = connection.prepareStatement(sql);
      statements.put(sql, prepared);
    }
    return prepared;
  }

  /** Runs one or more statements that return nothing of interest. */
  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Runs the work, and ends its statement where it takes too long or the thread is interrupted. */
  <T extends @Nullable Object> T within(Duration bound, SqlWork<T> work) throws SQLException {
    ProgressHandler.setHandler(connection, STEPS, new Bound(RoleClock.system(), bound));
    try {
      return work.run(this);
    } finally {
      ProgressHandler.clearHandler(connection);
    }
  }

  /** Asked by SQLite on the thread that runs the statement; anything but 0 ends it. */
  private static final class Bound extends ProgressHandler {
    private final RoleClock clock;
    private final long millis;

    Bound(RoleClock clock, Duration bound) {
      this.clock = clock;
      this.millis = bound.toMillis();
    }

    @Override
    protected int progress() {
      return clock.uptimeMillis() >= millis || Thread.currentThread().isInterrupted() ? 1 : 0;
    }
  }

  /** The single integer that a query returns. */
  long integer(String sql) throws SQLException {
    try (ResultSet rows = statement(sql).executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("no row: " + sql);
      }
      return rows.getLong(1);
    }
  }

  /** Runs the work in one write transaction: all of it is committed, or nothing. */
  <T extends @Nullable Object> T transaction(SqlWork<T> work) throws SQLException {
    statement("BEGIN IMMEDIATE").executeUpdate();
    boolean committed = false;
    try {
      T result = work.run(this);
      statement("COMMIT").executeUpdate();
      committed = true;
      return result;
    } finally {
      if (!committed) {
        rollback();
      }
    }
  }

  /** SQLite has rolled back by itself after some errors; then there is nothing left to do. */
  private void rollback() {
    try {
      statement("ROLLBACK").executeUpdate();
    } catch (SQLException e) {
      // No transaction is active, or the connection is beyond use and its owner closes it.
    }
  }

  @Override
  public void close() {
    try {
      statements.clear();
      connection.close();
    } catch (SQLException e) {
      // What was committed is safe; a file that can't be closed is the next opener's to report.
    }
  }
}

package sightline.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.history.HistoryUnavailable;
import sightline.history.NewerSchema;

/**
 * A store's connections: one that writes, and a bounded number that read. Any thread may call; a
 * connection belongs to the thread that holds it.
 *
 * <p>A writer that stops in the middle of a transaction must not keep the head row from everybody
 * else, so the server ends a transaction that is idle for two seconds.
 */
final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);

  private final PostgresSettings settings;
  private final HikariDataSource readers;
  private final HikariDataSource writer;

  /** One fewer than readers, where there are several: people's questions leave one free. */
  private final Semaphore questions;

  private final ReentrantLock migrating = new ReentrantLock();

  /** Fair, so that a writer's wait for the connection is a wait for the server alone. */
  private final ReentrantLock writing = new ReentrantLock(true);

  /** Set under the lock, read without: the schema is as this program needs it. */
  private volatile boolean migrated;

  private Database(PostgresSettings settings, String name, int readers) {
    this.settings = settings;
    this.questions = new Semaphore(Math.max(1, readers - 1), true);
    this.readers = new HikariDataSource(pool(name + "-read", readers, true));
    this.writer = new HikariDataSource(pool(name + "-write", 1, false));
  }

  /**
   * Opens the pools and migrates. A database that is away is waited for by the calls, and not here:
   * a role then starts without history and says so.
   *
   * @param name of the pools, for the log
   * @throws NewerSchema where a newer program wrote it
   */
  static Database open(PostgresSettings settings, String name, int readers) {
    Database database = new Database(settings, name, readers);
    boolean sound = false;
    try {
      database.migrate("open the database");
      sound = true;
    } catch (HistoryUnavailable e) {
      LOG.warn("History is away for now: {}", e.getMessage());
      sound = true;
    } finally {
      if (!sound) {
        database.close();
      }
    }
    return database;
  }

  /** As {@link #read}, for what people ask: it leaves a connection to the live path. */
  <T extends @Nullable Object> T ask(String what, SqlWork<T> work) {
    boolean mine = false;
    try {
      mine = questions.tryAcquire(settings.answerWithin().toMillis(), TimeUnit.MILLISECONDS);
      if (!mine) {
        throw PostgresFailure.unavailable(
            what, settings, new SQLException("all that may be asked at once is being asked"));
      }
      return read(what, work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PostgresFailure.unavailable(what, settings, new SQLException("interrupted", e));
    } finally {
      if (mine) {
        questions.release();
      }
    }
  }

  /** Runs the work on a reading connection, each statement for itself. */
  <T extends @Nullable Object> T read(String what, SqlWork<T> work) {
    ensureMigrated(what);
    try (Connection connection = readers.getConnection()) {
      return work.run(connection);
    } catch (SQLException e) {
      throw PostgresFailure.unavailable(what, settings, e);
    }
  }

  /** Runs the work in a transaction of the writing connection; writes take turns. */
  <T extends @Nullable Object> T write(String what, SqlWork<T> work) {
    ensureMigrated(what);
    awaitTurn(what);
    try (Connection connection = writer.getConnection()) {
      // Where the work throws, the pool rolls back as it takes the connection back.
      T result = work.run(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      throw PostgresFailure.unavailable(what, settings, e);
    } finally {
      writing.unlock();
    }
  }

  private void awaitTurn(String what) {
    try {
      if (writing.tryLock(settings.answerWithin().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw PostgresFailure.unavailable(what, settings, new SQLException("interrupted", e));
    }
    throw PostgresFailure.unavailable(
        what, settings, new SQLException("other writes took too long"));
  }

  private void ensureMigrated(String what) {
    if (migrated) {
      return;
    }
    try {
      migrate(what);
    } catch (NewerSchema e) {
      throw new HistoryUnavailable("could not " + what + ": " + e.getMessage(), e);
    }
  }

  private void migrate(String what) {
    migrating.lock();
    try {
      if (!migrated) {
        Migrations.apply(direct(), settings);
        migrated = true;
      }
    } catch (SQLException e) {
      throw PostgresFailure.unavailable(what, settings, e);
    } finally {
      migrating.unlock();
    }
  }

  /** Connections outside the pools: migrating takes two at once. */
  private PGSimpleDataSource direct() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(settings.url());
    source.setUser(settings.user());
    source.setPassword(password(settings.passwordFile()));
    source.setConnectTimeout((int) Math.max(1, settings.connectWithin().toSeconds()));
    source.setApplicationName("sightline-migration");
    return source;
  }

  private HikariConfig pool(String name, int most, boolean reads) {
    HikariConfig pool = new HikariConfig();
    pool.setPoolName(name);
    pool.setJdbcUrl(settings.url());
    pool.setUsername(settings.user());
    pool.setPassword(password(settings.passwordFile()));
    pool.setMaximumPoolSize(most);
    pool.setMinimumIdle(1);
    pool.setAutoCommit(reads);
    pool.setReadOnly(reads);
    pool.setConnectionTimeout(settings.connectWithin().toMillis());
    pool.setValidationTimeout(Math.min(1_000, settings.connectWithin().toMillis()));
    pool.setInitializationFailTimeout(-1);
    long answer = settings.answerWithin().toMillis();
    pool.addDataSourceProperty("ApplicationName", name);
    pool.addDataSourceProperty("connectTimeout", seconds(settings.connectWithin().toMillis()));
    pool.addDataSourceProperty("socketTimeout", seconds(answer));
    pool.addDataSourceProperty("tcpKeepAlive", "true");
    pool.addDataSourceProperty("reWriteBatchedInserts", "true");
    pool.addDataSourceProperty(
        "options",
        "-c statement_timeout="
            + answer
            + " -c idle_in_transaction_session_timeout=2000"
            // A plan that was made while a table was new would be kept until it is analyzed.
            + " -c plan_cache_mode=force_custom_plan");
    return pool;
  }

  private static String seconds(long millis) {
    return String.valueOf(Math.max(1, millis / 1_000));
  }

  private static @Nullable String password(@Nullable Path file) {
    if (file == null) {
      return null;
    }
    try {
      List<String> lines = Files.readAllLines(file);
      return lines.isEmpty() ? null : lines.getFirst();
    } catch (IOException e) {
      throw new HistoryUnavailable("could not read " + file + ": check its permissions", e);
    }
  }

  @Override
  public void close() {
    readers.close();
    writer.close();
  }
}

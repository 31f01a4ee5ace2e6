package sightline.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/**
 * The event log in one SQLite file, {@code events.db}: each append is one synced commit. Any thread
 * may call; writes take turns on one connection, reads have their own.
 */
public final class SqliteEventLog implements EventLog {
  private static final String FILE = "events.db";

  private final Path file;
  private final SqliteConnection.Mode mode;
  private final Readers readers;
  private final ReentrantLock writing = new ReentrantLock();

  /** Null after a failure, until the next write opens a new one. */
  @GuardedBy("writing")
  private @Nullable SqliteConnection writer;

  @GuardedBy("writing")
  private boolean closed;

  private SqliteEventLog(Path file, SqliteConnection.Mode mode, int readers) {
    this.file = file;
    this.mode = mode;
    this.readers = new Readers(readers);
  }

  /**
   * Opens the log of a data directory, and makes it where there is none.
   *
   * @throws NewerSchema where a newer program wrote it
   * @throws DamagedFile where it can't be read
   * @throws HistoryUnavailable where it can't be opened for another reason
   */
  public static SqliteEventLog open(Path directory, HistorySettings settings) {
    return open(directory, settings, SqliteConnection.Mode.FULL);
  }

  /** As above, with another mode of syncing. */
  static SqliteEventLog open(Path directory, HistorySettings settings, SqliteConnection.Mode mode) {
    SqliteLibrary.provide(directory);
    SqliteEventLog log = new SqliteEventLog(directory.resolve(FILE), mode, settings.readers());
    log.writing.lock();
    try {
      log.writer = log.connect();
      return log;
    } catch (SQLException e) {
      throw SqliteFailure.opening(log.file, e);
    } finally {
      log.writing.unlock();
    }
  }

  private SqliteConnection connect() throws SQLException {
    SqliteConnection opened = SqliteConnection.open(file, mode);
    boolean sound = false;
    try {
      Schema.EVENTS.apply(opened, file);
      if (opened.integer("SELECT newest < coalesce((SELECT max(seq) FROM log), 0) FROM head") > 0) {
        throw new DamagedFile(file, "its head is behind its entries");
      }
      sound = true;
      return opened;
    } finally {
      if (!sound) {
        opened.close();
      }
    }
  }

  @Override
  public List<Appended> append(long token, List<DeviceEvent> events) {
    return write("append events", c -> new EventWriter(c).append(token, events));
  }

  @Override
  public LogEntry.@Nullable Acknowledged acknowledge(
      EventKey key, String by, long time, @Nullable String note) {
    @Nullable String storable = note == null ? null : Unicode.repaired(note);
    return this.<LogEntry.@Nullable Acknowledged>write(
        "acknowledge an event",
        c -> new EventWriter(c).acknowledge(key, Unicode.repaired(by), time, storable));
  }

  @Override
  public int retain(long sinceMillis, int limit) {
    return write("remove old events", c -> new EventWriter(c).retain(sinceMillis, limit));
  }

  @Override
  public long retainedSince() {
    return readers.read(file, "read where retention is", RetentionMark::read);
  }

  @Override
  public void retainedSince(long millis) {
    write("note where retention is", c -> RetentionMark.write(c, millis));
  }

  @Override
  public long oldestDay() {
    long oldest =
        readers.read(
            file,
            "read the oldest event",
            c ->
                c.integer(
                    "SELECT coalesce((SELECT min(received) FROM log INDEXED BY log_received"
                        + " WHERE kind = 0), "
                        + Long.MAX_VALUE
                        + ")"));
    return oldest == Long.MAX_VALUE ? oldest : Days.startOf(oldest);
  }

  @Override
  public long countBefore(long millis) {
    return readers.read(
        file,
        "count old events",
        c -> {
          PreparedStatement count =
              c.statement(
                  "SELECT count(*) FROM log INDEXED BY log_received"
                      + " WHERE kind = 0 AND received < ?");
          count.setLong(1, millis);
          try (ResultSet row = count.executeQuery()) {
            return row.getLong(1);
          }
        });
  }

  @Override
  public List<LogEntry> after(long seq, int limit) {
    return readers.read(
        file,
        "read the event log",
        c -> {
          PreparedStatement query =
              c.statement("SELECT * FROM log WHERE seq > ? ORDER BY seq LIMIT ?");
          query.setLong(1, seq);
          query.setInt(2, limit);
          return EventRows.entries(query);
        });
  }

  @Override
  public List<Stored> query(EventQuery query) {
    return readers.ask(file, "query events", c -> EventSearch.run(c, query));
  }

  @Override
  public @Nullable Stored find(EventKey key) {
    List<Stored> found =
        readers.read(file, "find an event", c -> EventRows.stored(EventWriter.byKey(c, key)));
    return found.isEmpty() ? null : found.getFirst();
  }

  @Override
  public List<OpenAlarm> openAlarms(long afterSeq, int limit) {
    return readers.read(
        file,
        "read open alarms",
        c -> {
          PreparedStatement query = c.statement(OpenAlarm.SELECT.formatted(" INDEXED BY log_open"));
          return OpenAlarm.read(query, afterSeq, limit);
        });
  }

  private static List<DeviceEvent> events(List<Stored> found) {
    return found.stream().map(stored -> stored.entry().event()).toList();
  }

  @Override
  public List<LogEntry> within(long from, long afterSeq, long to, int limit) {
    return readers.ask(
        file, "read the log's past", c -> EventPast.within(c, from, afterSeq, to, limit));
  }

  @Override
  public List<DeviceEvent> openCriticalAt(long millis, int limit) {
    return events(
        readers.ask(
            file, "read the alarms of the past", c -> EventPast.openCritical(c, millis, limit)));
  }

  @Override
  public long newest() {
    return readers.read(file, "read the head", c -> c.integer("SELECT newest FROM head"));
  }

  @Override
  public long fence() {
    return readers.read(file, "read the fence", c -> c.integer("SELECT fence FROM head"));
  }

  /** Runs the work in a transaction of its own; after a failure the connection is a new one. */
  <T extends @Nullable Object> T write(String what, SqlWork<T> work) {
    writing.lock();
    try {
      if (closed) {
        throw new SQLException("history is closed");
      }
      if (writer == null) {
        writer = connect();
      }
      return writer.transaction(work);
    } catch (SQLException e) {
      if (writer != null) {
        writer.close();
        writer = null;
      }
      throw SqliteFailure.unavailable(what, file, e);
    } catch (DamagedFile | NewerSchema e) {
      throw new HistoryUnavailable("could not " + what + ": " + e.getMessage(), e);
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void close() {
    readers.close();
    writing.lock();
    try {
      closed = true;
      if (writer != null) {
        writer.close();
        writer = null;
      }
    } finally {
      writing.unlock();
    }
  }
}

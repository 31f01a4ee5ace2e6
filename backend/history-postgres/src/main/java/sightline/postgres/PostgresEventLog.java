package sightline.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.history.Days;
import sightline.history.EventLog;
import sightline.history.EventQuery;
import sightline.history.HistorySettings;
import sightline.history.OpenAlarm;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/**
 * The event log in PostgreSQL, shared by every process that opens it: who appends holds the head
 * row until its commit. Any thread may call; a process's writes take turns on one connection.
 */
public final class PostgresEventLog implements EventLog {
  private final Database database;

  private PostgresEventLog(Database database) {
    this.database = database;
  }

  /**
   * Opens the log, and makes its tables where there are none. A database that is away is no reason
   * to fail: the calls throw until it answers.
   *
   * @throws sightline.history.NewerSchema where a newer program wrote it
   */
  public static PostgresEventLog open(PostgresSettings postgres, HistorySettings settings) {
    return new PostgresEventLog(Database.open(postgres, "sightline-events", settings.readers()));
  }

  @Override
  public List<Appended> append(long token, List<DeviceEvent> events) {
    return database.write("append events", c -> new EventAppend(c).run(token, events));
  }

  @Override
  public LogEntry.@Nullable Acknowledged acknowledge(
      EventKey key, String by, long time, @Nullable String note) {
    return database.<LogEntry.@Nullable Acknowledged>write(
        "acknowledge an event", c -> acknowledge(c, key, by, time, note));
  }

  private static LogEntry.@Nullable Acknowledged acknowledge(
      Connection c, EventKey key, String by, long time, @Nullable String note) throws SQLException {
    long seq = Head.lock(c) + 1;
    Stored event = byKey(c, key);
    if (event == null) {
      return null;
    }
    if (event.acknowledged() != null) {
      return event.acknowledged();
    }
    try (PreparedStatement insert =
        c.prepareStatement(
            "INSERT INTO log (seq, kind, device, event, timestamp, acknowledged_by, note)"
                + " VALUES (?, 1, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, seq);
      insert.setString(2, StorableText.of(key.device()));
      insert.setString(3, StorableText.of(key.event()));
      insert.setLong(4, time);
      insert.setString(5, StorableText.of(by));
      insert.setString(6, StorableText.of(note));
      insert.executeUpdate();
    }
    try (PreparedStatement link =
        c.prepareStatement("UPDATE log SET acknowledgement = ? WHERE seq = ?")) {
      link.setLong(1, seq);
      link.setLong(2, event.entry().seq());
      link.executeUpdate();
    }
    Head.setNewest(c, seq);
    return new LogEntry.Acknowledged(seq, key, by, time, note);
  }

  @Override
  public List<LogEntry> after(long seq, int limit) {
    return database.read(
        "read the event log",
        c -> {
          try (PreparedStatement query =
              c.prepareStatement(
                  "SELECT "
                      + EventRows.ENTRY
                      + " FROM log e WHERE e.seq > ? ORDER BY e.seq LIMIT ?")) {
            query.setLong(1, seq);
            query.setInt(2, limit);
            return EventRows.entries(query);
          }
        });
  }

  @Override
  public List<Stored> query(EventQuery query) {
    return database.ask("query events", c -> EventSearch.run(c, query));
  }

  @Override
  public @Nullable Stored find(EventKey key) {
    return database.<@Nullable Stored>read("find an event", c -> byKey(c, key));
  }

  private static @Nullable Stored byKey(Connection c, EventKey key) throws SQLException {
    try (PreparedStatement query =
        c.prepareStatement(EventRows.SELECT_STORED + " AND e.device = ? AND e.event = ?")) {
      query.setString(1, StorableText.of(key.device()));
      query.setString(2, StorableText.of(key.event()));
      List<Stored> found = EventRows.stored(query);
      return found.isEmpty() ? null : found.getFirst();
    }
  }

  @Override
  public List<OpenAlarm> openAlarms(long afterSeq, int limit) {
    return database.read(
        "read open alarms",
        c -> {
          try (PreparedStatement query = c.prepareStatement(OpenAlarm.SELECT.formatted(""))) {
            return OpenAlarm.read(query, afterSeq, limit);
          }
        });
  }

  @Override
  public List<LogEntry> within(long from, long afterSeq, long to, int limit) {
    return database.ask("read the log's past", c -> EventPast.within(c, from, afterSeq, to, limit));
  }

  @Override
  public List<DeviceEvent> openCriticalAt(long millis, int limit) {
    return database.ask(
        "read the alarms of the past", c -> EventPast.openCritical(c, millis, limit));
  }

  @Override
  public long newest() {
    return database.read("read the head", c -> Head.read(c, "newest"));
  }

  @Override
  public long fence() {
    return database.read("read the fence", c -> Head.read(c, "fence"));
  }

  @Override
  public long retainedSince() {
    return database.read("read where retention is", c -> RetentionMark.read(c, "events"));
  }

  @Override
  public void retainedSince(long millis) {
    database.write("note where retention is", c -> RetentionMark.write(c, "events", millis));
  }

  @Override
  public long oldestDay() {
    return database.read(
        "read the oldest event",
        c -> {
          try (PreparedStatement query =
              c.prepareStatement(
                  "SELECT coalesce((SELECT received / ? * ? FROM log WHERE kind = 0"
                      + " ORDER BY received LIMIT 1), ?)")) {
            query.setLong(1, Days.MILLIS);
            query.setLong(2, Days.MILLIS);
            query.setLong(3, Long.MAX_VALUE);
            return RetentionMark.number(query);
          }
        });
  }

  @Override
  public long countBefore(long millis) {
    return database.read(
        "count old events",
        c -> {
          try (PreparedStatement query =
              c.prepareStatement("SELECT count(*) FROM log WHERE kind = 0 AND received < ?")) {
            query.setLong(1, millis);
            return RetentionMark.number(query);
          }
        });
  }

  @Override
  public int retain(long sinceMillis, int limit) {
    return database.write(
        "remove old events",
        c -> {
          DeadLetters.retain(c, sinceMillis);
          try (PreparedStatement delete =
              c.prepareStatement(
                  "WITH old AS (SELECT seq, acknowledgement FROM log"
                      + " WHERE kind = 0 AND received < ? ORDER BY received, seq LIMIT ?),"
                      + " acknowledgements AS (DELETE FROM log USING old"
                      + " WHERE log.seq = old.acknowledgement)"
                      + " DELETE FROM log USING old WHERE log.seq = old.seq")) {
            delete.setLong(1, sinceMillis);
            delete.setInt(2, limit);
            return delete.executeUpdate();
          }
        });
  }

  @Override
  public void close() {
    database.close();
  }
}

package sightline.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import sightline.history.Days;
import sightline.history.HistorySettings;
import sightline.history.HistoryUnavailable;
import sightline.history.KeptDays;
import sightline.history.PositionStore;
import sightline.protocol.Order;
import sightline.protocol.Position;

/**
 * Positions in PostgreSQL, a partition a day. Any thread may call; writes take turns on one
 * connection.
 *
 * <p>A batch, the newest of each device and the cursor are one transaction. Positions of other days
 * than {@link KeptDays} says are refused, which bounds the partitions.
 */
public final class PostgresPositionStore implements PositionStore {
  /** Today and the days that are made before they come, so that midnight waits for nothing. */
  private static final int DAYS_READY = 3;

  private static final String SELECT = "SELECT " + PositionRows.COLUMNS + " FROM ";
  private final Database database;
  private final DayPartitions partitions = new DayPartitions();
  private final Duration retention;
  private final InstantSource clock;

  private PostgresPositionStore(Database database, Duration retention, InstantSource clock) {
    this.database = database;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * Opens the positions, and makes their tables where there are none. A database that is away is no
   * reason to fail: the calls throw until it answers.
   *
   * @throws sightline.history.NewerSchema where a newer program wrote it
   */
  public static PostgresPositionStore open(
      PostgresSettings postgres, HistorySettings settings, InstantSource clock) {
    return new PostgresPositionStore(
        Database.open(postgres, "sightline-positions", settings.readers()),
        settings.positionsRetention(),
        clock);
  }

  @Override
  public Outcome store(List<Position> batch, String cursor) {
    long now = clock.millis();
    KeptDays kept = KeptDays.at(now, retention);
    long today = Days.of(now);
    NavigableSet<Long> held = partitions.held();
    if (held.isEmpty()) {
      held = database.read("read the days", partitions::refresh);
    }
    Set<Long> days = new TreeSet<>();
    for (int ahead = 0; ahead < DAYS_READY; ahead++) {
      days.add(today + ahead);
    }
    List<Position> accepted = new ArrayList<>(batch.size());
    for (Position position : batch) {
      long day = Days.of(position.order().millis());
      if (kept.takes(day, held) && isStorable(position)) {
        accepted.add(position);
        days.add(day);
      }
    }
    long ahead = (kept.last() + 1) * Days.MILLIS;
    int added = database.write("store positions", c -> store(c, days, accepted, cursor, ahead));
    return new Outcome(added, accepted.size() - added, batch.size() - accepted.size());
  }

  private int store(
      Connection c, Set<Long> days, List<Position> accepted, String cursor, long ahead)
      throws SQLException {
    partitions.make(c, days);
    try {
      return PositionBatch.store(c, accepted, cursor, ahead);
    } catch (SQLException e) {
      // Where another process dropped a day, the next try makes it again.
      partitions.recheck();
      throw e;
    }
  }

  private static boolean isStorable(Position position) {
    return !Double.isNaN(position.lat())
        && !Double.isNaN(position.lon())
        && position.device().length() <= CopyRows.MOST_DEVICE_CHARS
        && position.device().indexOf('\0') < 0;
  }

  @Override
  public int retain(long sinceMillis) {
    long firstKept = Days.of(sinceMillis);
    return database.write(
        "remove old positions",
        c -> {
          int dropped = partitions.drop(c, firstKept);
          try (PreparedStatement forget =
              c.prepareStatement("DELETE FROM newest WHERE millis < ?")) {
            forget.setLong(1, firstKept * Days.MILLIS);
            forget.executeUpdate();
          }
          return dropped;
        });
  }

  @Override
  public boolean holds(long millis) {
    return KeptDays.isHeld(Days.of(millis), partitions.held());
  }

  @Override
  public long retainedSince() {
    return database.read("read where retention is", c -> RetentionMark.read(c, "positions"));
  }

  @Override
  public void retainedSince(long millis) {
    database.write("note where retention is", c -> RetentionMark.write(c, "positions", millis));
  }

  @Override
  public long oldestDay() {
    Long oldest = database.read("read the days", partitions::refresh).ceiling(Long.MIN_VALUE);
    return oldest == null ? Long.MAX_VALUE : oldest * Days.MILLIS;
  }

  @Override
  public long countBefore(long millis) {
    return database.read("read the days", partitions::refresh).headSet(Days.of(millis)).size();
  }

  @Override
  public String cursor() {
    return database.read(
        "read the recorder's cursor",
        c -> {
          try (Statement statement = c.createStatement();
              ResultSet row = statement.executeQuery("SELECT cursor FROM recorder")) {
            return row.next() ? row.getString(1) : "";
          }
        });
  }

  @Override
  public List<Position> newest() {
    return database.read(
        "read the newest positions",
        c -> {
          NavigableSet<Long> _ = partitions.refresh(c);
          try (PreparedStatement query = c.prepareStatement(SELECT + "newest")) {
            return PositionRows.read(query);
          }
        });
  }

  /**
   * As the port says.
   *
   * @throws HistoryUnavailable where the database did not answer
   */
  @Override
  public List<Position> track(String device, Order after, long to, long everyMillis, int limit) {
    if (after.millis() >= to) {
      return List.of();
    }
    return database.ask("read a track", c -> Tracks.read(c, device, after, to, everyMillis, limit));
  }

  @Override
  public List<Position> lastOfSpans(long from, long to, long everyMillis, int limit) {
    return database.ask(
        "read a span of the past", c -> PositionPast.lastOfSpans(c, from, to, everyMillis, limit));
  }

  @Override
  public List<Position> newestWithin(long from, long to) {
    return database.ask("read the picture of the past", c -> PositionPast.newest(c, from, to));
  }

  @Override
  public void close() {
    database.close();
  }
}

package sightline.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;
import sightline.history.Days;

/**
 * The partitions of {@code positions}, {@code positions_YYYYMMDD} for a day of UTC, counted from
 * the epoch. Any thread may call, on a connection that it holds; each step is a transaction of its
 * own.
 */
final class DayPartitions {
  private static final String PREFIX = "positions_";

  /** Any number that nothing else of ours locks by. */
  private static final long ADVISORY_LOCK = 0x5167_4c69_6e65L;

  /** Known to be there; a day that another process dropped is found out by the insert. */
  private final NavigableSet<Long> known = new ConcurrentSkipListSet<>();

  /**
   * Makes those that are not there. A partition is attached and not made in place, because then
   * nobody who reads or writes other days waits.
   */
  void make(Connection connection, Collection<Long> days) throws SQLException {
    List<Long> missing = days.stream().filter(day -> !known.contains(day)).toList();
    if (missing.isEmpty()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + ADVISORY_LOCK + ")");
      List<Long> there = list(connection);
      for (long day : missing) {
        if (!there.contains(day)) {
          statement.execute("CREATE TABLE " + name(day) + " (LIKE positions INCLUDING ALL)");
          statement.execute(
              "ALTER TABLE positions ATTACH PARTITION %s FOR VALUES FROM (%d) TO (%d)"
                  .formatted(name(day), day * Days.MILLIS, (day + 1) * Days.MILLIS));
        }
      }
    }
    connection.commit();
    known.addAll(missing);
  }

  /** The days that are known; not to be changed. */
  NavigableSet<Long> held() {
    return known;
  }

  /** Asks which are there. */
  NavigableSet<Long> refresh(Connection connection) throws SQLException {
    List<Long> there = list(connection);
    known.retainAll(there);
    known.addAll(there);
    return known;
  }

  /** Forgets what is known: a day is not there although it was. */
  void recheck() {
    known.clear();
  }

  /**
   * Drops the days before one, oldest first. It gives way to long reads: what it could not have is
   * left for the next time.
   *
   * @return how many are gone
   */
  int drop(Connection connection, long firstKept) throws SQLException {
    int dropped = 0;
    for (long day : list(connection)) {
      if (day < firstKept) {
        try (Statement statement = connection.createStatement()) {
          statement.execute("SET LOCAL lock_timeout = '2s'");
          statement.execute("DROP TABLE " + name(day));
        } catch (SQLException e) {
          if (!PostgresFailure.isLockTimeout(e)) {
            throw e;
          }
          connection.rollback();
          return dropped;
        }
        connection.commit();
        known.remove(day);
        dropped++;
      }
    }
    return dropped;
  }

  private static List<Long> list(Connection connection) throws SQLException {
    List<Long> days = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
                    + " WHERE i.inhparent = 'positions'::regclass ORDER BY 1")) {
      while (row.next()) {
        String date = row.getString(1).substring(PREFIX.length());
        try {
          days.add(LocalDate.parse(date, DateTimeFormatter.BASIC_ISO_DATE).toEpochDay());
        } catch (DateTimeParseException e) {
          throw new SQLException("a partition of positions is none of ours: " + date, e);
        }
      }
    }
    return days;
  }

  private static String name(long day) {
    return PREFIX + LocalDate.ofEpochDay(day).format(DateTimeFormatter.BASIC_ISO_DATE);
  }
}

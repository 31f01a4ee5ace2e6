package sightline.history;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sightline.protocol.Position;

/**
 * The writing connections of the position store: one to its index, and a few to the days written to
 * last. Owned by whoever holds the store's write lock.
 */
final class DayWriters implements AutoCloseable {
  private static final int MOST_DAYS = 3;

  /** What is done while the write lock is held. */
  @FunctionalInterface
  interface Work<T> {
    /** Does it. */
    T run(DayWriters writers) throws SQLException;
  }

  private final SqliteConnection index;
  private final DayFiles files;

  /** Shared with readers: a day is in it once its file can be read. */
  private final Set<Long> days;

  /** Least recently used first. */
  private final LinkedHashMap<Long, SqliteConnection> open = new LinkedHashMap<>(8, 0.75f, true);

  private DayWriters(SqliteConnection index, DayFiles files, Set<Long> days) {
    this.index = index;
    this.files = files;
    this.days = days;
  }

  /**
   * Opens the index, and makes it good where the last batch was not finished or it lost its rows.
   */
  static DayWriters open(Path index, DayFiles files, Set<Long> days) throws SQLException {
    SqliteConnection connection = SqliteConnection.open(index, SqliteConnection.Mode.NORMAL);
    DayWriters writers = new DayWriters(connection, files, days);
    boolean sound = false;
    try {
      Schema.POSITIONS.apply(connection, index);
      boolean isBlank = connection.integer("SELECT EXISTS (SELECT 1 FROM newest)") == 0;
      writers.recover(isBlank ? days : PositionIndex.inFlight(connection));
      sound = true;
      return writers;
    } finally {
      if (!sound) {
        writers.close();
      }
    }
  }

  /**
   * {@link PositionStore#store}, of positions by their day; says how many rows are new.
   *
   * @param ahead what is newest of a device and not before this time gives way: its clock was wrong
   */
  int store(Map<Long, List<Position>> byDay, String cursor, long ahead) throws SQLException {
    PositionIndex.begin(index, byDay.keySet());
    List<Position> all = new ArrayList<>();
    int added = 0;
    for (Map.Entry<Long, List<Position>> day : byDay.entrySet()) {
      added += PositionDay.insert(day(day.getKey()), day.getValue());
      all.addAll(day.getValue());
    }
    PositionIndex.finish(index, all, cursor, ahead);
    return added;
  }

  /** Notes where retention is. */
  int retainedSince(long millis) throws SQLException {
    return RetentionMark.write(index, millis);
  }

  /** Removes days, and the devices that have nothing after them. */
  void remove(List<Long> old, long sinceMillis) throws SQLException {
    try {
      for (long day : old) {
        SqliteConnection writer = open.remove(day);
        if (writer != null) {
          writer.close();
        }
        files.delete(day);
      }
    } catch (IOException e) {
      throw new SQLException("could not delete a day: " + e.getMessage(), e);
    }
    PositionIndex.forgetBefore(index, sinceMillis);
  }

  private void recover(Collection<Long> unfinished) throws SQLException {
    if (unfinished.isEmpty()) {
      return;
    }
    List<Position> newest = new ArrayList<>();
    for (long day : unfinished) {
      if (Files.exists(files.file(day))) {
        newest.addAll(PositionDay.newest(day(day)));
      }
    }
    PositionIndex.recover(index, newest);
  }

  private SqliteConnection day(long day) throws SQLException {
    SqliteConnection writer = open.get(day);
    if (writer != null) {
      return writer;
    }
    if (open.size() == MOST_DAYS) {
      open.pollFirstEntry().getValue().close();
    }
    Path file = files.file(day);
    writer = SqliteConnection.open(file, SqliteConnection.Mode.FULL);
    open.put(day, writer);
    Schema.DAY.apply(writer, file);
    days.add(day);
    return writer;
  }

  @Override
  public void close() {
    open.values().forEach(SqliteConnection::close);
    open.clear();
    index.close();
  }
}

package sightline.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import sightline.protocol.Order;
import sightline.protocol.Position;

/**
 * Positions in one SQLite file a day, {@code positions-YYYYMMDD.db}, and {@code positions.db} with
 * the cursor and the newest of each device. Any thread may call; writes take turns, reads have
 * connections of their own.
 *
 * <p>A batch is committed and synced day by day, and the cursor moves after the last day, so it is
 * never ahead. The days are noted before: after a kill in between, the newest are made good from
 * them. Positions of other days than {@link KeptDays} says are refused, which bounds the files.
 */
public final class SqlitePositionStore implements PositionStore {
  private static final String FILE = "positions.db";

  private final Path index;
  private final DayFiles files;
  private final Duration retention;
  private final InstantSource clock;
  private final Readers readers;
  private final NavigableSet<Long> days = new ConcurrentSkipListSet<>();
  private final ReentrantLock writing = new ReentrantLock();

  /** Null after a failure, until the next write opens new ones. */
  @GuardedBy("writing")
  private @Nullable DayWriters writers;

  @GuardedBy("writing")
  private boolean closed;

  private SqlitePositionStore(Path directory, HistorySettings settings, InstantSource clock) {
    this.index = directory.resolve(FILE);
    this.files = new DayFiles(directory);
    this.retention = settings.positionsRetention();
    this.clock = clock;
    this.readers = new Readers(settings.readers());
  }

  /**
   * Opens the positions of a data directory, and makes their files where there are none.
   *
   * @throws NewerSchema where a newer program wrote one of them
   * @throws DamagedFile where {@code positions.db} can't be read
   * @throws HistoryUnavailable where it can't be opened for another reason
   */
  public static SqlitePositionStore open(
      Path directory, HistorySettings settings, InstantSource clock) {
    SqliteLibrary.provide(directory);
    SqlitePositionStore store = new SqlitePositionStore(directory, settings, clock);
    store.writing.lock();
    try {
      for (long day : store.files.list()) {
        Schema.DAY.check(store.files.file(day));
        store.days.add(day);
      }
      store.writers = DayWriters.open(store.index, store.files, store.days);
      return store;
    } catch (SQLException e) {
      throw SqliteFailure.opening(store.index, e);
    } catch (IOException e) {
      throw new HistoryUnavailable("could not list " + directory + ": check that it is there", e);
    } finally {
      store.writing.unlock();
    }
  }

  @Override
  public Outcome store(List<Position> batch, String cursor) {
    KeptDays kept = KeptDays.at(clock.millis(), retention);
    Map<Long, List<Position>> byDay = new TreeMap<>();
    int refused = 0;
    for (Position position : batch) {
      long day = Days.of(position.order().millis());
      boolean isPlace = !Double.isNaN(position.lat()) && !Double.isNaN(position.lon());
      if (isPlace && kept.takes(day, days)) {
        byDay.computeIfAbsent(day, each -> new ArrayList<>()).add(position);
      } else {
        refused++;
      }
    }
    int accepted = batch.size() - refused;
    int added =
        write("store positions", to -> to.store(byDay, cursor, (kept.last() + 1) * Days.MILLIS));
    return new Outcome(added, accepted - added, refused);
  }

  @Override
  public int retain(long sinceMillis) {
    long firstKept = Days.of(sinceMillis);
    return write(
        "remove old positions",
        to -> {
          List<Long> old = List.copyOf(days.headSet(firstKept));
          for (long day : old) {
            days.remove(day);
            readers.forget(files.file(day));
          }
          to.remove(old, firstKept * Days.MILLIS);
          return old.size();
        });
  }

  @Override
  public boolean holds(long millis) {
    return KeptDays.isHeld(Days.of(millis), days);
  }

  @Override
  public long retainedSince() {
    return readers.read(index, "read where retention is", RetentionMark::read);
  }

  @Override
  public void retainedSince(long millis) {
    write("note where retention is", to -> to.retainedSince(millis));
  }

  @Override
  public long oldestDay() {
    Long oldest = days.ceiling(Long.MIN_VALUE);
    return oldest == null ? Long.MAX_VALUE : oldest * Days.MILLIS;
  }

  @Override
  public long countBefore(long millis) {
    return days.headSet(Days.of(millis)).size();
  }

  @Override
  public String cursor() {
    return readers.read(index, "read the recorder's cursor", PositionIndex::cursor);
  }

  @Override
  public List<Position> newest() {
    return readers.read(index, "read the newest positions", PositionIndex::newest);
  }

  @Override
  public List<Position> track(String device, Order after, long to, long everyMillis, int limit) {
    List<Position> found = new ArrayList<>();
    for (long day : daysOf(after.millis(), to)) {
      if (found.size() >= limit) {
        break;
      }
      readDay(
          day,
          "read a track",
          c -> {
            PositionDay.track(c, device, after, to, everyMillis, limit, found);
            return true;
          });
    }
    return found;
  }

  @Override
  public List<Position> lastOfSpans(long from, long to, long everyMillis, int limit) {
    List<Position> found = new ArrayList<>();
    for (long day : daysOf(from, to)) {
      int left = limit - found.size();
      if (left <= 0) {
        break;
      }
      List<Position> more =
          readDay(
              day,
              "read a span of the past",
              c -> PositionPast.lastOfSpans(c, from, to, everyMillis, left));
      PositionPast.join(found, more == null ? List.of() : more, from, everyMillis);
    }
    return found;
  }

  @Override
  public List<Position> newestWithin(long from, long to) {
    Map<String, Position> newest = new TreeMap<>();
    for (long day : daysOf(from, to).descendingSet()) {
      List<Position> more =
          readDay(day, "read the picture of the past", c -> PositionPast.newest(c, from, to));
      for (Position position : more == null ? List.<Position>of() : more) {
        newest.putIfAbsent(position.device(), position);
      }
    }
    return List.copyOf(newest.values());
  }

  private NavigableSet<Long> daysOf(long from, long to) {
    return from >= to
        ? Collections.emptyNavigableSet()
        : days.subSet(Days.of(from), true, Days.of(to - 1), true);
  }

  /** What is read of a day; null where retention has just removed it. */
  private <T> @Nullable T readDay(long day, String what, SqlWork<T> work) {
    try {
      return readers.ask(files.file(day), what, work);
    } catch (HistoryUnavailable e) {
      if (days.contains(day)) {
        throw e;
      }
      return null;
    }
  }

  private <T> T write(String what, DayWriters.Work<T> work) {
    writing.lock();
    try {
      if (closed) {
        throw new SQLException("history is closed");
      }
      if (writers == null) {
        writers = DayWriters.open(index, files, days);
      }
      return work.run(writers);
    } catch (SQLException e) {
      if (writers != null) {
        writers.close();
        writers = null;
      }
      throw SqliteFailure.unavailable(what, files.directory(), e);
    } catch (NewerSchema e) {
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
      if (writers != null) {
        writers.close();
        writers = null;
      }
    } finally {
      writing.unlock();
    }
  }
}

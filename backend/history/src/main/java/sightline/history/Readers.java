package sightline.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of reading connections, to one file or several; a reader never blocks a writer.
 * Any thread may read; a connection belongs to the thread that holds it.
 */
final class Readers implements AutoCloseable {
  private static final long MAX_WAIT_MILLIS = 5_000;

  private record Idle(Path file, SqliteConnection connection) {}

  private final int most;
  private final Semaphore free;

  /** Most recently used last. */
  @GuardedBy("this")
  private final ArrayDeque<Idle> idle = new ArrayDeque<>();

  @GuardedBy("this")
  private boolean closed;

  Readers(int most) {
    this.most = most;
    this.free = new Semaphore(most);
  }

  /**
   * Runs the work on a connection to the file.
   *
   * @param what completes "could not …" for the log
   * @throws HistoryUnavailable where it fails, or all connections stay in use for too long
   */
  <T extends @Nullable Object> T read(Path file, String what, SqlWork<T> work) {
    acquire(what, file);
    try {
      SqliteConnection connection = borrow(file);
      boolean sound = false;
      try {
        T result = work.run(connection);
        sound = true;
        return result;
      } finally {
        giveBack(file, connection, sound);
      }
    } catch (SQLException e) {
      throw SqliteFailure.unavailable(what, file, e);
    } finally {
      free.release();
    }
  }

  private void acquire(String what, Path file) {
    try {
      if (!free.tryAcquire(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        throw SqliteFailure.unavailable(what, file, new SQLException("all readers are in use"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw SqliteFailure.unavailable(what, file, new SQLException("interrupted", e));
    }
  }

  private SqliteConnection borrow(Path file) throws SQLException {
    synchronized (this) {
      if (closed) {
        throw new SQLException("history is closed");
      }
      for (Iterator<Idle> each = idle.descendingIterator(); each.hasNext(); ) {
        Idle candidate = each.next();
        if (candidate.file.equals(file)) {
          each.remove();
          return candidate.connection;
        }
      }
    }
    return SqliteConnection.open(file, SqliteConnection.Mode.READ);
  }

  private synchronized void giveBack(Path file, SqliteConnection connection, boolean sound) {
    if (closed || !sound) {
      connection.close();
      return;
    }
    idle.addLast(new Idle(file, connection));
    if (idle.size() > most) {
      idle.removeFirst().connection.close();
    }
  }

  /** Closes the idle connections to a file that is about to go. */
  synchronized void forget(Path file) {
    idle.removeIf(
        each -> {
          boolean gone = each.file.equals(file);
          if (gone) {
            each.connection.close();
          }
          return gone;
        });
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(each -> each.connection.close());
    idle.clear();
  }
}

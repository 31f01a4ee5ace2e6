package sightline.history;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
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

  /** What people ask for may take so long; the live path's own reads are short by what they ask. */
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private record Idle(Path file, SqliteConnection connection) {}

  private final int most;

  /** Fair, so that the live path waits for those before it alone. */
  private final Semaphore free;

  /** One fewer, where there are several: what people ask leaves one to the live path. */
  private final Semaphore questions;

  private final Duration answerWithin;

  /** Most recently used last. */
  @GuardedBy("this")
  private final ArrayDeque<Idle> idle = new ArrayDeque<>();

  @GuardedBy("this")
  private boolean closed;

  Readers(int most) {
    this(most, ANSWER_WITHIN);
  }

  Readers(int most, Duration answerWithin) {
    this.most = most;
    this.free = new Semaphore(most, true);
    this.questions = new Semaphore(Math.max(1, most - 1), true);
    this.answerWithin = answerWithin;
  }

  /**
   * As {@link #read}, for what people ask: leaves a connection to the live path, and ends where it
   * takes too long or the thread is interrupted.
   *
   * @throws TookTooLong where it did
   */
  <T extends @Nullable Object> T ask(Path file, String what, SqlWork<T> work) {
    acquire(questions, what, file);
    try {
      return read(file, what, connection -> connection.within(answerWithin, work));
    } finally {
      questions.release();
    }
  }

  /**
   * Runs the work on a connection to the file.
   *
   * @param what completes "could not …" for the log
   * @throws HistoryUnavailable where it fails, or all connections stay in use for too long
   */
  <T extends @Nullable Object> T read(Path file, String what, SqlWork<T> work) {
    acquire(free, what, file);
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

  private static void acquire(Semaphore places, String what, Path file) {
    try {
      if (!places.tryAcquire(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
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

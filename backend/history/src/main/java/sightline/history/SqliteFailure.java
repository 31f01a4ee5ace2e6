package sightline.history;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What an error of SQLite means to us. Stateless. */
final class SqliteFailure {
  private SqliteFailure() {}

  /** A failure that may pass: nothing of the call is stored. */
  static HistoryUnavailable unavailable(String what, Path file, SQLException e) {
    String message = "could not " + what + ", " + file + ": " + advice(e);
    return is(e, SQLiteErrorCode.SQLITE_INTERRUPT)
        ? new TookTooLong(message, e)
        : new HistoryUnavailable(message, e);
  }

  /** A failure to open: damage is for people, all else may pass. */
  static RuntimeException opening(Path file, SQLException e) {
    if (is(e, SQLiteErrorCode.SQLITE_CORRUPT) || is(e, SQLiteErrorCode.SQLITE_NOTADB)) {
      DamagedFile damaged = new DamagedFile(file, String.valueOf(e.getMessage()));
      damaged.initCause(e);
      return damaged;
    }
    return unavailable("open history", file, e);
  }

  /** Whether one row is to blame, and the others of its transaction can go on. */
  static boolean isOfOneRow(SQLException e) {
    return is(e, SQLiteErrorCode.SQLITE_CONSTRAINT)
        || is(e, SQLiteErrorCode.SQLITE_TOOBIG)
        || is(e, SQLiteErrorCode.SQLITE_MISMATCH);
  }

  /** Whether another connection holds what this one wants. */
  static boolean isBusy(SQLException e) {
    return is(e, SQLiteErrorCode.SQLITE_BUSY) || is(e, SQLiteErrorCode.SQLITE_LOCKED);
  }

  private static String advice(SQLException e) {
    if (is(e, SQLiteErrorCode.SQLITE_FULL)) {
      return "the disk is full, free some space";
    }
    if (is(e, SQLiteErrorCode.SQLITE_INTERRUPT)) {
      return "it took too long";
    }
    if (isBusy(e)) {
      return "another process holds it";
    }
    if (is(e, SQLiteErrorCode.SQLITE_READONLY) || is(e, SQLiteErrorCode.SQLITE_PERM)) {
      return "it can't be written, check its permissions";
    }
    if (is(e, SQLiteErrorCode.SQLITE_CORRUPT) || is(e, SQLiteErrorCode.SQLITE_NOTADB)) {
      return "it is damaged, stop and restore it from a backup";
    }
    return String.valueOf(e.getMessage());
  }

  /** Compares by the primary code, which is the low byte of an extended one. */
  private static boolean is(SQLException e, SQLiteErrorCode code) {
    return e instanceof SQLiteException failure
        && (failure.getResultCode().code & 0xff) == code.code;
  }
}

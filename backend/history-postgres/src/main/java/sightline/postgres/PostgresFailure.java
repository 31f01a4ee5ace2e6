package sightline.postgres;

import java.sql.SQLException;
import java.util.Locale;
import sightline.history.HistoryUnavailable;
import sightline.history.TookTooLong;

/** What an error of PostgreSQL means, and what to do about it. Stateless. */
final class PostgresFailure {
  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /** What {@code statement_timeout} ended. */
  private static final String QUERY_CANCELED = "57014";

  private static final String UNIQUE_VIOLATION = "23505";

  private PostgresFailure() {}

  /** Whether it is about the values of one row, and not the server: other rows may do. */
  static boolean isOfOneRow(SQLException e) {
    String state = state(e);
    return state.startsWith("22") || state.startsWith("23") || state.startsWith("54");
  }

  /** Whether a row of that key is there already. */
  static boolean isThereAlready(SQLException e) {
    return state(e).equals(UNIQUE_VIOLATION);
  }

  /** Whether a lock was not given in time. */
  static boolean isLockTimeout(SQLException e) {
    return state(e).equals(LOCK_NOT_AVAILABLE);
  }

  /** One line with what was tried, where, why it failed and what to do. */
  static HistoryUnavailable unavailable(String what, PostgresSettings where, SQLException e) {
    String message =
        "could not %s on %s: %s%s".formatted(what, address(where), line(e), advice(state(e)));
    return state(e).equals(QUERY_CANCELED)
        ? new TookTooLong(message, e)
        : new HistoryUnavailable(message, e);
  }

  /** The first line of its message. */
  static String line(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given").strip();
  }

  /** The URL without parameters: they may hold a password. */
  static String address(PostgresSettings settings) {
    return settings.url().replaceFirst("\\?.*", "");
  }

  private static String state(SQLException e) {
    String state = e.getSQLState();
    return state == null ? "" : state.toUpperCase(Locale.ROOT);
  }

  private static String advice(String state) {
    return switch (state) {
      case "53100" -> " (the disk is full, free some space)";
      case "53300" -> " (raise max_connections)";
      case "28P01", "28000" -> " (check user and password-file)";
      case "3D000" -> " (create the database)";
      default -> "";
    };
  }
}

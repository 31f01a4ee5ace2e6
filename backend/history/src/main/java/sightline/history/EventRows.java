package sightline.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/** How events and acknowledgements lie in the rows of {@code log}. Stateless. */
final class EventRows {
  /** An event with its acknowledgement, as {@link #stored} reads it; {@code e} is the event. */
  static final String SELECT_STORED =
      "SELECT e.*, a.seq, a.timestamp, a.acknowledged_by, a.note FROM log e %s"
          + " LEFT JOIN log a ON a.seq = e.acknowledgement WHERE e.kind = 0";

  static final int EVENT = 0;

  /** How many columns {@link #bind} takes. */
  static final int EVENT_COLUMNS = 10;

  private static final int COLUMNS = 15;

  private EventRows() {}

  /** Puts an event's fields into consecutive parameters, in the order of the table. */
  static void bind(PreparedStatement to, int first, DeviceEvent event) throws SQLException {
    int at = first;
    to.setString(at++, event.device());
    to.setString(at++, event.id());
    to.setLong(at++, event.timestamp());
    to.setLong(at++, event.received());
    to.setString(at++, event.type());
    to.setString(at++, event.severity());
    to.setString(at++, event.message());
    number(to, at++, event.lat());
    number(to, at++, event.lon());
    to.setString(at, event.data());
  }

  /** A number; NaN, which SQLite has not, is NULL. */
  static void number(PreparedStatement to, int at, double value) throws SQLException {
    if (Double.isNaN(value)) {
      to.setNull(at, Types.REAL);
    } else {
      to.setDouble(at, value);
    }
  }

  /** The reverse of {@link #number}. */
  static double number(ResultSet row, int at) throws SQLException {
    double value = row.getDouble(at);
    return row.wasNull() ? Double.NaN : value;
  }

  /** All rows of a {@link #SELECT_STORED}. */
  static List<EventLog.Stored> stored(PreparedStatement query) throws SQLException {
    List<EventLog.Stored> found = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(new EventLog.Stored(recorded(row), acknowledgement(row)));
      }
    }
    return found;
  }

  /** All rows of a {@code SELECT * FROM log}. */
  static List<LogEntry> entries(PreparedStatement query) throws SQLException {
    List<LogEntry> found = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(row.getInt(2) == EVENT ? recorded(row) : acknowledged(row));
      }
    }
    return found;
  }

  private static LogEntry.Recorded recorded(ResultSet row) throws SQLException {
    DeviceEvent event =
        new DeviceEvent(
            row.getString(3),
            row.getString(4),
            row.getLong(5),
            row.getLong(6),
            row.getString(7),
            row.getString(8),
            row.getString(9),
            number(row, 10),
            number(row, 11),
            row.getString(12));
    return new LogEntry.Recorded(row.getLong(1), event);
  }

  private static LogEntry.Acknowledged acknowledged(ResultSet row) throws SQLException {
    EventKey key = new EventKey(row.getString(3), row.getString(4));
    return new LogEntry.Acknowledged(
        row.getLong(1), key, row.getString(13), row.getLong(5), row.getString(14));
  }

  private static LogEntry.@Nullable Acknowledged acknowledgement(ResultSet row)
      throws SQLException {
    long seq = row.getLong(COLUMNS + 1);
    if (row.wasNull()) {
      return null;
    }
    EventKey key = new EventKey(row.getString(3), row.getString(4));
    return new LogEntry.Acknowledged(
        seq, key, row.getString(COLUMNS + 3), row.getLong(COLUMNS + 2), row.getString(COLUMNS + 4));
  }
}

package sightline.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sightline.history.EventLog;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/** How events and acknowledgements lie in the rows of {@code log}. Stateless. */
final class EventRows {
  /** The columns that {@link #bind} fills, in its order. */
  static final String FIELDS =
      "device, event, timestamp, received, type, severity, message, lat, lon, data";

  /** How many they are. */
  static final int FIELD_COUNT = 10;

  /** A log entry, as {@link #entries} reads it. */
  static final String ENTRY =
      "e.seq, e.kind, e.device, e.event, e.timestamp, e.received, e.type, e.severity, e.message,"
          + " e.lat, e.lon, e.data, e.acknowledged_by, e.note";

  /** An event with its acknowledgement, as {@link #stored} reads it; {@code e} is the event. */
  static final String SELECT_STORED =
      "SELECT "
          + ENTRY
          + ", a.seq, a.timestamp, a.acknowledged_by, a.note FROM log e"
          + " LEFT JOIN log a ON a.seq = e.acknowledgement WHERE e.kind = 0";

  private static final int EVENT = 0;
  private static final int ACKNOWLEDGEMENT = 15;

  private EventRows() {}

  /** Puts an event's fields into consecutive parameters. */
  static void bind(PreparedStatement to, int first, DeviceEvent event) throws SQLException {
    int at = first;
    to.setString(at++, StorableText.of(event.device()));
    to.setString(at++, StorableText.of(event.id()));
    to.setLong(at++, event.timestamp());
    to.setLong(at++, event.received());
    to.setString(at++, StorableText.of(event.type()));
    to.setString(at++, StorableText.of(event.severity()));
    to.setString(at++, StorableText.of(event.message()));
    number(to, at++, event.lat());
    number(to, at++, event.lon());
    to.setString(at, StorableText.of(event.data()));
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

  /** The events of all rows of a {@link #SELECT_STORED}. */
  static List<DeviceEvent> events(PreparedStatement query) throws SQLException {
    return stored(query).stream().map(each -> each.entry().event()).toList();
  }

  /** All rows of a {@code SELECT ENTRY}. */
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
            text(row, 3),
            text(row, 4),
            row.getLong(5),
            row.getLong(6),
            text(row, 7),
            StorableText.back(row.getString(8)),
            StorableText.back(row.getString(9)),
            number(row, 10),
            number(row, 11),
            StorableText.back(row.getString(12)));
    return new LogEntry.Recorded(row.getLong(1), event);
  }

  private static LogEntry.Acknowledged acknowledged(ResultSet row) throws SQLException {
    return new LogEntry.Acknowledged(
        row.getLong(1),
        key(row),
        text(row, 13),
        row.getLong(5),
        StorableText.back(row.getString(14)));
  }

  private static LogEntry.@Nullable Acknowledged acknowledgement(ResultSet row)
      throws SQLException {
    long seq = row.getLong(ACKNOWLEDGEMENT);
    if (row.wasNull()) {
      return null;
    }
    return new LogEntry.Acknowledged(
        seq,
        key(row),
        text(row, ACKNOWLEDGEMENT + 2),
        row.getLong(ACKNOWLEDGEMENT + 1),
        StorableText.back(row.getString(ACKNOWLEDGEMENT + 3)));
  }

  private static EventKey key(ResultSet row) throws SQLException {
    return new EventKey(text(row, 3), text(row, 4));
  }

  private static String text(ResultSet row, int at) throws SQLException {
    return Objects.requireNonNull(StorableText.back(row.getString(at)));
  }

  private static void number(PreparedStatement to, int at, double value) throws SQLException {
    if (Double.isNaN(value)) {
      to.setNull(at, Types.DOUBLE);
    } else {
      to.setDouble(at, value);
    }
  }

  private static double number(ResultSet row, int at) throws SQLException {
    double value = row.getDouble(at);
    return row.wasNull() ? Double.NaN : value;
  }
}

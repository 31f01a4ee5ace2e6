package sightline.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import sightline.history.EventLog.Appended;
import sightline.protocol.DeviceEvent;

/** The events that the log refused, kept for people to look at. Stateless. */
final class DeadLetters {
  private DeadLetters() {}

  /** Keeps one, in the place of an earlier one of the same key. */
  static Appended add(Connection connection, DeviceEvent event, String detail) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO dead_letters ("
                + EventRows.FIELDS
                + ", detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (device, event) DO UPDATE SET timestamp = excluded.timestamp,"
                + " received = excluded.received, type = excluded.type,"
                + " severity = excluded.severity, message = excluded.message,"
                + " lat = excluded.lat, lon = excluded.lon, data = excluded.data,"
                + " detail = excluded.detail")) {
      EventRows.bind(insert, 1, event);
      insert.setString(EventRows.FIELD_COUNT + 1, StorableText.of(detail));
      insert.executeUpdate();
    }
    return new Appended.Refused(event.key(), detail);
  }

  /** Forgets those that were received before a time (epoch ms). */
  static void retain(Connection connection, long sinceMillis) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM dead_letters WHERE received < ?")) {
      delete.setLong(1, sinceMillis);
      delete.executeUpdate();
    }
  }
}

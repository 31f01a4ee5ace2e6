package sightline.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** How positions lie in the rows of a day and of {@code newest}. Stateless. */
final class PositionRows {
  static final String COLUMNS =
      "device, millis, seq, received, device_time, skewed, lat, lon, heading, speed, accuracy,"
          + " altitude";
  static final String VALUES = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private PositionRows() {}

  /** Fills the parameters of {@link #VALUES}. */
  static void bind(PreparedStatement to, Position position) throws SQLException {
    to.setString(1, position.device());
    to.setLong(2, position.order().millis());
    to.setLong(3, position.order().seq());
    to.setLong(4, position.received());
    if (position.deviceTime() == position.order().millis()) {
      to.setNull(5, Types.INTEGER);
    } else {
      to.setLong(5, position.deviceTime());
    }
    to.setInt(6, position.skewed() ? 1 : 0);
    EventRows.number(to, 7, position.lat());
    EventRows.number(to, 8, position.lon());
    EventRows.number(to, 9, position.heading());
    EventRows.number(to, 10, position.speed());
    EventRows.number(to, 11, position.accuracy());
    EventRows.number(to, 12, position.altitude());
  }

  /** Reads a row of {@link #COLUMNS}. */
  static Position read(ResultSet row) throws SQLException {
    Order order = new Order(row.getLong(2), row.getLong(3));
    long stated = row.getLong(5);
    long deviceTime = row.wasNull() ? order.millis() : stated;
    return new Position(
        row.getString(1),
        order,
        row.getLong(4),
        deviceTime,
        row.getInt(6) != 0,
        row.getDouble(7),
        row.getDouble(8),
        EventRows.number(row, 9),
        EventRows.number(row, 10),
        EventRows.number(row, 11),
        EventRows.number(row, 12));
  }
}

package sightline.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** How positions lie in the rows of {@code positions} and {@code newest}. Stateless. */
final class PositionRows {
  static final String COLUMNS =
      "device, millis, seq, received, device_time, skewed, lat, lon, heading, speed, accuracy,"
          + " altitude";

  private PositionRows() {}

  /** All rows of a {@code SELECT COLUMNS}. */
  static List<Position> read(PreparedStatement query) throws SQLException {
    List<Position> found = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(read(row));
      }
    }
    return found;
  }

  private static Position read(ResultSet row) throws SQLException {
    Order order = new Order(row.getLong(2), row.getLong(3));
    long stated = row.getLong(5);
    long deviceTime = row.wasNull() ? order.millis() : stated;
    return new Position(
        row.getString(1),
        order,
        row.getLong(4),
        deviceTime,
        row.getBoolean(6),
        row.getDouble(7),
        row.getDouble(8),
        number(row, 9),
        number(row, 10),
        number(row, 11),
        number(row, 12));
  }

  private static double number(ResultSet row, int at) throws SQLException {
    double value = row.getDouble(at);
    return row.wasNull() ? Double.NaN : value;
  }
}

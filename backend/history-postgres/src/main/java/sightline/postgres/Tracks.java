package sightline.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import sightline.protocol.Order;
import sightline.protocol.Position;

/**
 * What one device did, whole or thinned, as {@link sightline.history.PositionStore#track} says. On
 * a connection that the caller holds; stateless.
 */
final class Tracks {
  /** Above it, reading every row is less work than looking each span up. */
  private static final long MOST_LOOK_UPS = 20_000;

  private static final String OF_DEVICE =
      " FROM positions o WHERE o.device = ? AND o.millis >= ? AND (o.millis, o.seq) > (?, ?)"
          + " AND o.millis < ?";

  private static final String WHOLE =
      "SELECT " + PositionRows.COLUMNS + OF_DEVICE + " ORDER BY millis, seq LIMIT ?";

  /** Along the key: a row is the first of its span where the one before is of another. */
  private static final String FIRST_OF_EACH =
      "SELECT "
          + PositionRows.COLUMNS
          + " FROM (SELECT *, lag(millis) OVER (ORDER BY millis, seq) AS previous"
          + OF_DEVICE
          + ") AS each WHERE previous IS NULL OR previous / %1$d <> millis / %1$d"
          + " ORDER BY millis, seq LIMIT ?";

  /** A look-up a span along the key, which leaves the rows between unread. */
  private static final String LOOKED_UP =
      "SELECT p.* FROM generate_series(%2$d, %3$d, %1$d) AS span(start) CROSS JOIN LATERAL (SELECT "
          + PositionRows.COLUMNS
          + OF_DEVICE
          + " AND o.millis >= span.start AND o.millis < span.start + %1$d"
          + " ORDER BY o.millis, o.seq LIMIT 1) p ORDER BY p.millis, p.seq LIMIT ?";

  private Tracks() {}

  /**
   * A device's positions after an order, with millis before {@code to}; the first of each span, or
   * all where it is 0. That millis is at least that of the order spares the days before.
   */
  static List<Position> read(
      Connection connection, String device, Order after, long to, long everyMillis, int limit)
      throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement(sql(after.millis(), to, everyMillis))) {
      query.setString(1, device);
      query.setLong(2, after.millis());
      query.setLong(3, after.millis());
      query.setLong(4, after.seq());
      query.setLong(5, to);
      query.setInt(6, limit);
      return PositionRows.read(query);
    }
  }

  private static String sql(long from, long to, long every) {
    if (every == 0) {
      return WHOLE;
    }
    long first = from / every;
    long last = (to - 1) / every;
    return first >= 0 && last - first < MOST_LOOK_UPS && last < Long.MAX_VALUE / every - 1
        ? LOOKED_UP.formatted(every, first * every, last * every)
        : FIRST_OF_EACH.formatted(every);
  }
}

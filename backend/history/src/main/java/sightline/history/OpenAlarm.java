package sightline.history;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;

/**
 * A critical event that nobody has acknowledged; immutable.
 *
 * @param seq its number in the log
 * @param key its device and id
 * @param received epoch ms
 */
public record OpenAlarm(long seq, EventKey key, long received) {
  /** How many are read at once. */
  public static final int PAGE = 10_000;

  /** What both stores ask, where their table's index may be named; for {@link #read}. */
  public static final String SELECT =
      "SELECT seq, device, event, received FROM log%s WHERE kind = 0 AND severity = ?"
          + " AND acknowledgement IS NULL AND seq > ? ORDER BY seq LIMIT ?";

  /** Reads all rows of a {@link #SELECT}. */
  public static List<OpenAlarm> read(PreparedStatement query, long afterSeq, int limit)
      throws SQLException {
    query.setString(1, DeviceEvent.CRITICAL);
    query.setLong(2, afterSeq);
    query.setInt(3, limit);
    List<OpenAlarm> found = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        EventKey key = new EventKey(row.getString(2), row.getString(3));
        found.add(new OpenAlarm(row.getLong(1), key, row.getLong(4)));
      }
    }
    return found;
  }
}

package sightline.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** What stays of acknowledged critical events that retention removes: that they are settled. */
final class RetiredEvents {
  /** Inside the statement that removes, which has them as {@code old}; its parameter: critical. */
  static final String KEEP =
      " kept AS (INSERT INTO retired SELECT old.device, old.event, old.seq, a.seq, a.timestamp,"
          + " a.acknowledged_by FROM old JOIN log a ON a.seq = old.acknowledgement"
          + " WHERE old.severity = ? ON CONFLICT DO NOTHING),";

  /** As rows of {@link EventRows#SELECT_STORED}, without what is not known any more. */
  static final String SELECT_STORED =
      "SELECT r.seq, 0, r.device, r.event, 0::bigint, 0::bigint, '', NULL, NULL,"
          + " NULL::double precision, NULL::double precision, NULL, NULL, NULL,"
          + " r.acknowledgement, r.acknowledged_at, r.acknowledged_by, NULL FROM retired r";

  private static final int MOST = 100_000;

  private RetiredEvents() {}

  /** Forgets all but the newest. */
  static void trim(Connection connection) throws SQLException {
    try (PreparedStatement trim =
        connection.prepareStatement(
            "DELETE FROM retired WHERE seq < (SELECT seq FROM retired ORDER BY seq DESC"
                + " LIMIT 1 OFFSET ?)")) {
      trim.setInt(1, MOST - 1);
      trim.executeUpdate();
    }
  }
}

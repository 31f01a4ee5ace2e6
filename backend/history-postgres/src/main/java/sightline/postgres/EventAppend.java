package sightline.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sightline.history.EventLog.Appended;
import sightline.history.EventLog.Stored;
import sightline.history.Unicode;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;

/**
 * One group on its way into the log, inside a transaction that its caller opened and owns. While it
 * holds the head row nobody else appends, so what is in the log is looked up once for all.
 */
final class EventAppend {
  private static final String INSERT =
      "INSERT INTO log (seq, kind, "
          + EventRows.FIELDS
          + ") VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private final Connection connection;
  private final Map<EventKey, Appended.Known> known = new HashMap<>();

  EventAppend(Connection connection) {
    this.connection = connection;
  }

  /** {@link sightline.history.EventLog#append}. */
  List<Appended> run(long token, List<DeviceEvent> events) throws SQLException {
    long newest = Head.raiseFence(connection, token);
    if (events.isEmpty()) {
      return List.of();
    }
    lookUp(events);
    List<Appended> outcomes = number(newest, events);
    Savepoint before = connection.setSavepoint();
    try {
      insert(outcomes);
    } catch (SQLException e) {
      if (!PostgresFailure.isOfOneRow(e)) {
        throw e;
      }
      connection.rollback(before);
      outcomes = oneByOne(newest, events);
    }
    long added = outcomes.stream().filter(Appended.New.class::isInstance).count();
    if (added > 0) {
      Head.setNewest(connection, newest + added);
    }
    return outcomes;
  }

  /** Which of them are in the log. */
  private void lookUp(List<DeviceEvent> events) throws SQLException {
    @Nullable String[] devices = new @Nullable String[events.size()];
    @Nullable String[] ids = new @Nullable String[events.size()];
    for (int i = 0; i < devices.length; i++) {
      devices[i] = StorableText.of(events.get(i).device());
      ids[i] = StorableText.of(events.get(i).id());
    }
    try (PreparedStatement query =
        connection.prepareStatement(
            EventRows.SELECT_STORED
                + " AND (e.device, e.event) IN (SELECT * FROM unnest(?::text[], ?::text[]))")) {
      query.setArray(1, connection.createArrayOf("text", devices));
      query.setArray(2, connection.createArrayOf("text", ids));
      for (Stored each : EventRows.stored(query)) {
        known.put(each.entry().key(), new Appended.Known(each.entry(), each.acknowledged()));
      }
    }
  }

  private List<Appended> number(long newest, List<DeviceEvent> events) throws SQLException {
    Map<EventKey, Appended.Known> seen = new HashMap<>(known);
    List<Appended> outcomes = new ArrayList<>(events.size());
    long seq = newest;
    for (DeviceEvent event : events) {
      Appended.Known earlier = seen.get(event.key());
      String problem = earlier == null ? Unicode.problem(event) : null;
      if (earlier != null) {
        outcomes.add(earlier);
      } else if (problem != null) {
        outcomes.add(DeadLetters.add(connection, event, problem));
      } else {
        LogEntry.Recorded entry = new LogEntry.Recorded(++seq, event);
        seen.put(event.key(), new Appended.Known(entry));
        outcomes.add(new Appended.New(entry));
      }
    }
    return outcomes;
  }

  private void insert(List<Appended> outcomes) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      for (Appended outcome : outcomes) {
        if (outcome instanceof Appended.New fresh) {
          insert.setLong(1, fresh.entry().seq());
          EventRows.bind(insert, 2, fresh.entry().event());
          insert.addBatch();
        }
      }
      insert.executeBatch();
    }
  }

  /** After a row that the table refused: each for itself, so that the others go on. */
  private List<Appended> oneByOne(long newest, List<DeviceEvent> events) throws SQLException {
    List<Appended> outcomes = new ArrayList<>(events.size());
    long seq = newest;
    for (DeviceEvent event : events) {
      Appended outcome = number(seq, List.of(event)).getFirst();
      if (outcome instanceof Appended.New fresh) {
        outcome = insertAlone(fresh);
        if (outcome instanceof Appended.New) {
          known.put(event.key(), new Appended.Known(fresh.entry()));
          seq++;
        }
      }
      outcomes.add(outcome);
    }
    return outcomes;
  }

  private Appended insertAlone(Appended.New fresh) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      insert(List.of(fresh));
      return fresh;
    } catch (SQLException e) {
      if (!PostgresFailure.isOfOneRow(e)) {
        throw e;
      }
      connection.rollback(before);
      return DeadLetters.add(connection, fresh.entry().event(), PostgresFailure.line(e));
    }
  }
}

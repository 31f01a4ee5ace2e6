package sightline.postgres;

import org.junit.jupiter.api.Tag;
import sightline.history.EventLog;
import sightline.history.EventLogConcurrencyContract;
import sightline.history.HistorySettings;

@Tag("slow")
final class PostgresEventLogConcurrencyTest extends EventLogConcurrencyContract {
  private final PostgresSettings database = SharedServer.get().newDatabase();

  @Override
  protected EventLog open() {
    return PostgresEventLog.open(database, HistorySettings.DEFAULT);
  }
}

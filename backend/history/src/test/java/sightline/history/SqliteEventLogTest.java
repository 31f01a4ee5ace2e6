package sightline.history;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteEventLogTest extends EventLogContract {
  @TempDir private Path directory;

  @Override
  protected EventLog open() {
    return SqliteEventLog.open(directory, HistorySettings.DEFAULT);
  }
}

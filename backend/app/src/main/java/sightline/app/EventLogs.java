package sightline.app;

import java.nio.file.Path;
import sightline.history.EventLog;
import sightline.history.HistorySettings;
import sightline.history.SqliteEventLog;

/** Opens the event log of a data directory; called by the main thread. */
public interface EventLogs {
  /** The log that Sightline keeps. */
  EventLogs SQLITE = SqliteEventLog::open;

  /**
   * Opens it, and makes it where there is none; the caller closes it.
   *
   * @param directory its files' folder, which is there
   */
  EventLog open(Path directory, HistorySettings settings);
}

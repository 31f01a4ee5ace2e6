package sightline.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import sightline.history.EventLog;
import sightline.history.PositionStore;
import sightline.history.SqlitePositionStore;
import sightline.postgres.PostgresEventLog;
import sightline.postgres.PostgresPositionStore;

/** History as the settings say where it is. Opened by the main thread, who closes both. */
record Stores(EventLog events, PositionStore positions) {
  /** Opens it, and makes it where there is none. */
  static Stores open(Settings settings, Path data, EventLogs sqlite, InstantSource clock) {
    return switch (settings.run().history()) {
      case SQLITE -> sqlite(settings, data, sqlite, clock);
      case POSTGRES ->
          new Stores(
              PostgresEventLog.open(settings.postgres(), settings.history()),
              PostgresPositionStore.open(settings.postgres(), settings.history(), clock));
    };
  }

  /** Several processes may have these files open; each write is a transaction of its own. */
  private static Stores sqlite(Settings settings, Path data, EventLogs logs, InstantSource clock) {
    try {
      Path folder = Files.createDirectories(data.resolve("history"));
      return new Stores(
          logs.open(folder, settings.history()),
          SqlitePositionStore.open(folder, settings.history(), clock));
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + data + " can't be used: " + e, e);
    }
  }
}

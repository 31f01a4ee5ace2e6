package sightline.drill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the event log's file without any code of history's. For one thread. */
public final class HistoryFile {
  private HistoryFile() {}

  /** The events in it, in the log's order. */
  static List<EventId> events(Path data) throws IOException, SQLException {
    List<EventId> events = new ArrayList<>();
    try (Connection connection = open(data, "events.db");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT device, event FROM log WHERE kind = 0 ORDER BY seq")) {
      while (rows.next()) {
        events.add(new EventId(rows.getString(1), rows.getString(2)));
      }
    }
    return events;
  }

  /** Opens a file of the data directory that must be there. */
  public static Connection open(Path data, String name) throws IOException, SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + find(data, name).toAbsolutePath());
  }

  /** The file of this name in the data directory, at any depth. */
  public static Path find(Path data, String name) throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      return files
          .filter(file -> file.getFileName().toString().equals(name))
          .findFirst()
          .orElseThrow(() -> new IOException("there is no " + name + " in " + data));
    }
  }
}

package sightline.history;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * Brings a SQLite file to this program's schema by numbered scripts; the file keeps its version in
 * {@code user_version}. Immutable.
 */
enum Schema {
  /** The event log. */
  EVENTS("events", 3),
  /** The recorder's cursor, and the newest position of each device. */
  POSITIONS("positions", 2),
  /** One day's positions. */
  DAY("day", 1);

  /**
   * Where a SQLite file has its user_version, four bytes, big-endian: sqlite.org/fileformat.html.
   */
  private static final int USER_VERSION_OFFSET = 60;

  private final String folder;
  private final int newest;

  Schema(String folder, int newest) {
    this.folder = folder;
    this.newest = newest;
  }

  /**
   * Runs the scripts that the file lacks, each in a transaction with its number. Another process
   * may do so at the same time: who comes second finds the file ready.
   *
   * @throws NewerSchema where the file is of a newer program; nothing is changed
   */
  void apply(SqliteConnection connection, Path file) throws SQLException {
    if (version(connection, file) == newest) {
      return;
    }
    while (connection.transaction(c -> step(c, file)) < newest) {}
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  /** Runs the next script, unless another process has run it; says which version the file has. */
  private long step(SqliteConnection connection, Path file) throws SQLException {
    long found = version(connection, file);
    if (found < newest) {
      found++;
      connection.execute(script(found) + "PRAGMA user_version = " + found + ";");
    }
    return found;
  }

  private long version(SqliteConnection connection, Path file) throws SQLException {
    long found = connection.integer("PRAGMA user_version");
    if (found > newest) {
      throw new NewerSchema(file, found, newest);
    }
    return found;
  }

  /**
   * Looks at a file's version without opening the database.
   *
   * @throws NewerSchema where the file is of a newer program
   */
  void check(Path file) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      if (in.skipBytes(USER_VERSION_OFFSET) == USER_VERSION_OFFSET && in.available() >= 4) {
        int found = in.readInt();
        if (found > newest) {
          throw new NewerSchema(file, found, newest);
        }
      }
    } catch (IOException e) {
      throw new HistoryUnavailable("could not read " + file + ": check its permissions", e);
    }
  }

  private String script(long version) {
    String name = folder + "/" + version + ".sql";
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("missing from the class path: " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package sightline.history;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * Keeps SQLite's native library beside the data. Left to itself the driver unpacks a copy into the
 * system's temporary folder at every start, and a killed process leaves it there. Any thread may
 * call; the first call of a process decides.
 */
final class SqliteLibrary {
  private static final String PATH = "org.sqlite.lib.path";
  private static final String NAME = "org.sqlite.lib.name";

  private SqliteLibrary() {}

  /** Provides the library in a folder below this one, unless the command line names another. */
  static synchronized void provide(Path directory) {
    if (System.getProperty(PATH) != null) {
      return;
    }
    String name = LibraryLoaderUtil.getNativeLibName();
    Path folder = directory.resolve("native").resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
    try {
      if (!Files.exists(folder.resolve(name))) {
        unpack(folder, name);
      }
    } catch (IOException e) {
      throw new HistoryUnavailable(
          "could not write " + folder + ": check its permissions and the disk", e);
    }
    System.setProperty(NAME, name);
    System.setProperty(PATH, folder.toAbsolutePath().toString());
  }

  private static void unpack(Path folder, String name) throws IOException {
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
    Files.createDirectories(folder);
    Path part = Files.createTempFile(folder, name, ".part");
    try (InputStream in = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "SQLite has no library for " + OSInfo.getNativeLibFolderPathForCurrentOS());
      }
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}

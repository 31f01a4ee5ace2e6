package sightline.device;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a directory to one user, of this process or any other. Owned by whoever made it. */
final class DirectoryLock implements Closeable {
  private final FileChannel file;

  /**
   * @throws SpoolException when somebody else has it
   */
  DirectoryLock(Path directory) throws IOException {
    file =
        FileChannel.open(
            directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock held = null;
    try {
      held = file.tryLock();
    } catch (OverlappingFileLockException sameProcess) {
      // Told below, as for another process.
    }
    if (held == null) {
      file.close();
      throw new SpoolException(
          directory + " is in use: each device needs a spool of its own", null);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

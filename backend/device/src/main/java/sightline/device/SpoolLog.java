package sightline.device;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The log file of a spool: whole lines only, also after a failed write. Owned by its spool, under
 * its lock. Not a FileChannel: an interrupt of the sending thread would close that for ever.
 */
final class SpoolLog implements Closeable {
  private final Path path;
  private RandomAccessFile file;
  private long length;

  /** Opens the file, or makes it; what is after {@code length} bytes is cut off. */
  SpoolLog(Path path, long length) throws IOException {
    this.path = path;
    this.length = length;
    file = new RandomAccessFile(path.toFile(), "rw");
    file.setLength(length);
    syncDirectory(path);
  }

  /**
   * Writes a line; synced, it is on the disk when this returns. Where it fails, nothing is added.
   */
  void append(SpoolLine line, boolean synced) throws IOException {
    byte[] bytes = line.encode();
    try {
      file.seek(length);
      file.write(bytes);
      if (synced) {
        file.getFD().sync();
      }
    } catch (IOException failure) {
      file.setLength(length);
      throw failure;
    }
    length += bytes.length;
  }

  void clear() throws IOException {
    file.setLength(0);
    length = 0;
  }

  /** Replaces the whole log by these lines, at once: a crash leaves the old or the new. */
  void rewrite(List<SpoolLine> lines) throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".new");
    Files.deleteIfExists(next);
    RandomAccessFile fresh = new RandomAccessFile(next.toFile(), "rw");
    try {
      for (SpoolLine line : lines) {
        fresh.write(line.encode());
      }
      fresh.getFD().sync();
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      fresh.close();
      throw failure;
    }
    file.close();
    file = fresh;
    length = fresh.length();
    syncDirectory(path);
  }

  long length() {
    return length;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Makes a new name in a directory durable; Windows can't open a directory, and needs it not. */
  static void syncDirectory(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory == null || System.getProperty("os.name", "").startsWith("Windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}

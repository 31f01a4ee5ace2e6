package sightline.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * What a part says, in a file that is moved aside to {@code .1} once it is large, {@code .1} to
 * {@code .2}. Owned by the thread that copies.
 */
final class RotatingLog {
  private static final int KEPT = 3;

  private final Path file;
  private final long mostBytes;
  private @Nullable OutputStream out;
  private boolean complained;

  /** Nothing is opened yet. */
  RotatingLog(Path file, long mostBytes) {
    this.file = file;
    this.mostBytes = mostBytes;
  }

  /**
   * Copies to the end of the stream, which is that of the process. What can't be written is lost: a
   * process that nobody listens to stops at its next line.
   */
  void copy(InputStream from) throws IOException {
    byte[] buffer = new byte[16 * 1024];
    try {
      for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
        write(buffer, read);
      }
    } finally {
      closeFile();
    }
  }

  private void write(byte[] buffer, int length) {
    try {
      OutputStream to = out == null ? open() : out;
      out = to;
      if (Files.size(file) >= mostBytes) {
        closeFile();
        rotate();
        to = open();
        out = to;
      }
      to.write(buffer, 0, length);
      complained = false;
    } catch (IOException e) {
      closeFile();
      if (!complained) {
        complained = true;
        System.err.println("sightline: " + file + " can't be written: " + e.getMessage());
      }
    }
  }

  private void closeFile() {
    OutputStream open = out;
    out = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException e) {
      System.err.println("sightline: " + file + " can't be closed: " + e.getMessage());
    }
  }

  private OutputStream open() throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private void rotate() throws IOException {
    for (int number = KEPT - 1; number >= 1; number--) {
      Path from = number == 1 ? file : numbered(number - 1);
      if (Files.exists(from)) {
        Files.move(from, numbered(number), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private Path numbered(int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }
}

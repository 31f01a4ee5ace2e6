package sightline.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of the shipped configuration, with what differs on this machine put in its place: ports
 * and paths, nothing else. For one thread.
 */
final class Shipped {
  private final Path file;
  private String text;

  private Shipped(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  static Shipped read(Path file) {
    try {
      return new Shipped(file, Files.readString(file));
    } catch (IOException e) {
      throw new StackFailed("the shipped " + file + " can't be read: " + e.getMessage() + ".");
    }
  }

  /**
   * Puts something in the place of what must be there.
   *
   * @throws StackFailed where it is not: the file has changed and this program has not
   */
  Shipped with(String shipped, String own) {
    if (!text.contains(shipped)) {
      throw new StackFailed(file + " has no \"" + shipped.strip() + "\" any more.");
    }
    text = text.replace(shipped, own);
    return this;
  }

  Shipped and(String more) {
    text += more;
    return this;
  }

  /** Writes the file that the server reads. */
  Path to(Path target) {
    Layout.write(target, text);
    return target;
  }
}

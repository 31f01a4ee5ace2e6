package sightline.history;

import java.nio.file.Path;

/** A database can't be read: a person has to decide what to do with it, trying again is no use. */
public final class DamagedFile extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * With what to do.
   *
   * @param file the database
   * @param detail what is wrong with it
   */
  public DamagedFile(Path file, String detail) {
    super(file + " is damaged (" + detail + "): restore it from a backup, or move it away");
  }
}

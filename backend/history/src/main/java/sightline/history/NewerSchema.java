package sightline.history;

import java.nio.file.Path;

/** A file was written by a newer program; this one must not touch it, and does not start. */
public final class NewerSchema extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * With what to do.
   *
   * @param file the database
   * @param found its schema's version
   * @param known the newest version that this program knows
   */
  public NewerSchema(Path file, long found, long known) {
    super(
        file
            + " has schema version "
            + found
            + ", this program knows up to "
            + known
            + ": start the newer program, or restore the data directory from before the upgrade");
  }
}

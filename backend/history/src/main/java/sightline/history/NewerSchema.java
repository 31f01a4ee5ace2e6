package sightline.history;

import java.nio.file.Path;

/**
 * A file or database was written by a newer program; this one must not touch it, and does not
 * start.
 */
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
    this(file.toString(), String.valueOf(found), known, "the data directory");
  }

  /**
   * With what to do.
   *
   * @param store the database
   * @param found its schema's version
   * @param known the newest version that this program knows
   * @param backup what to restore otherwise
   */
  public NewerSchema(String store, String found, long known, String backup) {
    super(
        store
            + " has schema version "
            + found
            + ", this program knows up to "
            + known
            + ": start the newer program, or restore "
            + backup
            + " from before the upgrade");
  }
}

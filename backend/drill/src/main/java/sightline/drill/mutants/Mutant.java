package sightline.drill.mutants;

import sightline.app.EventLogs;
import sightline.history.SqliteEventLog;

/** A way to break the promise. */
public enum Mutant {
  /** Says that events are recorded before they are. */
  ACKNOWLEDGES_EARLY("acknowledge-before-commit"),

  /** Inserts a redelivered event again. */
  WITHOUT_KEY("insert-without-key"),

  /** Commits without a sync, so that a power cut takes what was acknowledged. */
  WITHOUT_SYNC("store-without-sync");

  private final String word;

  Mutant(String word) {
    this.word = word;
  }

  /** Its name on the command line. */
  public String word() {
    return word;
  }

  /** The event log that it has instead of Sightline's. */
  EventLogs events() {
    return switch (this) {
      case ACKNOWLEDGES_EARLY ->
          (directory, settings) -> new EarlyEventLog(SqliteEventLog.open(directory, settings));
      case WITHOUT_KEY -> KeylessEventLog::open;
      case WITHOUT_SYNC -> UnsyncedEventLog::open;
    };
  }

  /**
   * The mutant of a name.
   *
   * @throws IllegalArgumentException where there is none
   */
  static Mutant of(String word) {
    for (Mutant mutant : values()) {
      if (mutant.word.equals(word)) {
        return mutant;
      }
    }
    throw new IllegalArgumentException("there is no mutant " + word);
  }
}

package sightline.drill.mutants;

/** A role of the production path that breaks the promise. */
public enum RoleMutant {
  /** Goes on after a hole in the bus's batch numbers. */
  IGNORES_HOLES("gateway-that-ignores-a-hole"),

  /** Saves where it is in the stream before it stores what it read. */
  EARLY_CURSOR("recorder-with-an-early-cursor"),

  /** Goes on though another bridge has its lease and has raised the fence. */
  IGNORES_FENCE("bridge-that-ignores-its-fence"),

  /** Lets a message that no parser expects end its live link, and meets it again by the next. */
  POISONED("bridge-that-trips-over-poison"),

  /** Says nothing of two clients that use one id. */
  BLIND_TO_RIVALS("bridge-that-hides-same-id");

  private final String word;

  RoleMutant(String word) {
    this.word = word;
  }

  /** Its name. */
  public String word() {
    return word;
  }

  /** What it is, without what is wrong with it. */
  public String role() {
    return word.substring(0, word.indexOf('-'));
  }
}

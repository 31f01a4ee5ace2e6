package sightline.drill;

/** What is done to Sightline. */
enum Fault {
  /** Kill -9 of the one process that has every role. */
  KILL_ALL("kill-all");

  private final String word;

  Fault(String word) {
    this.word = word;
  }

  /** Its name on the command line. */
  String word() {
    return word;
  }

  /**
   * The fault of a name.
   *
   * @throws IllegalArgumentException where there is none
   */
  static Fault of(String word) {
    for (Fault fault : values()) {
      if (fault.word.equals(word)) {
        return fault;
      }
    }
    throw new IllegalArgumentException("the faults are: kill-all");
  }
}

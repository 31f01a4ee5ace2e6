package sightline.drill;

/** How long a trial lasts. */
enum Length {
  /** As a drill. */
  WHOLE,
  /** As one of the tests, which judges no times: they say nothing on a busy machine. */
  SHORT;

  long pick(long whole, long brief) {
    return this == WHOLE ? whole : brief;
  }

  boolean judgesTimes() {
    return this == WHOLE;
  }
}

package sightline.gateway;

/** One sign-in, until it ends by its age or by signing out. Any thread: it only ever ends. */
final class Login {
  /** Nobody has to sign in. */
  static final Login OPEN = new Login(Person.LOCAL, 0);

  private final Person person;
  private final long untilNanos;
  private volatile boolean ended;

  /**
   * A sign-in that holds.
   *
   * @param untilNanos when it ends by its age, monotonic ns
   */
  Login(Person person, long untilNanos) {
    this.person = person;
    this.untilNanos = untilNanos;
  }

  Person person() {
    return person;
  }

  boolean holds(long nowNanos) {
    return this == OPEN || (!ended && nowNanos - untilNanos < 0);
  }

  /** Signs out: connections that began with it end. */
  void end() {
    ended = true;
  }
}

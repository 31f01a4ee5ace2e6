package sightline.gateway;

import org.jspecify.annotations.Nullable;

/** One sign-in, until it ends by its age or by signing out. Any thread: it only ever ends. */
final class Login {
  /** Nobody has to sign in. */
  static final Login OPEN = new Login(Person.LOCAL, null, 0, new SignedOut());

  private final Person person;
  private final SessionCookies.@Nullable Said said;
  private final long untilNanos;
  private final SignedOut signedOut;

  private Login(
      Person person, SessionCookies.@Nullable Said said, long untilNanos, SignedOut signedOut) {
    this.person = person;
    this.said = said;
    this.untilNanos = untilNanos;
    this.signedOut = signedOut;
  }

  /**
   * A sign-in that a cookie tells of.
   *
   * @param untilNanos when it ends by its age, monotonic ns
   */
  static Login of(SessionCookies.Said said, long untilNanos, SignedOut signedOut) {
    return new Login(said.person(), said, untilNanos, signedOut);
  }

  Person person() {
    return person;
  }

  boolean holds(long nowNanos) {
    return said == null || (nowNanos - untilNanos < 0 && !signedOut.has(said));
  }
}

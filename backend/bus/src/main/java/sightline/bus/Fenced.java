package sightline.bus;

/** Another bridge holds a higher token: this writer stops for good. */
public final class Fenced extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With the token that was refused. */
  public Fenced(long token) {
    super("token " + token + " is fenced: another bridge is active");
  }
}

package sightline.history;

/** A writer with a higher token has written to the log: this one stops for good. */
public final class FencedOut extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With both tokens. */
  public FencedOut(long token, long fence) {
    super("token " + token + " is below the fence " + fence + ": another bridge is active");
  }
}

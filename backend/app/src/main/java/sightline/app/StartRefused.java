package sightline.app;

/** A start that can't go on; the message is one line that says what to do. */
final class StartRefused extends RuntimeException {
  private static final long serialVersionUID = 1;

  StartRefused(String message) {
    super(message);
  }
}

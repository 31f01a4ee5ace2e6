package sightline.stack;

/** A stack that can't go on; the message is one line that says what to do. */
final class StackFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  StackFailed(String message) {
    super(message);
  }
}

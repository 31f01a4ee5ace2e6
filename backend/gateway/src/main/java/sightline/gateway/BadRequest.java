package sightline.gateway;

/** A client asked for something that can't be; the message says what to change. */
final class BadRequest extends Exception {
  private static final long serialVersionUID = 1;

  BadRequest(String message) {
    super(message);
  }
}

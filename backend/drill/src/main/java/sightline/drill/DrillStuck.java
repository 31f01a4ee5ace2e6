package sightline.drill;

/** The drill could not go on: something that must happen did not; the message says what. */
final class DrillStuck extends RuntimeException {
  private static final long serialVersionUID = 1;

  DrillStuck(String message) {
    super(message);
  }
}

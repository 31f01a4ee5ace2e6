package sightline.bench;

/** How a visitor of the churn leaves. */
enum Manner {
  /** A close frame, as a well-behaved browser does. */
  CLOSE_FRAME,
  /** A TCP reset, as a killed process does. */
  RESET,
  /** Open, subscribed, then neither read from nor answered: a laptop that was shut. */
  HALF_OPEN,
  /** Half of an upgrade request, and no more. */
  MID_HANDSHAKE;

  /** A third each by close frame and by reset; the last third half-open and mid-handshake. */
  static Manner of(int visitor) {
    return switch (visitor % 3) {
      case 0 -> CLOSE_FRAME;
      case 1 -> RESET;
      default -> visitor % 2 == 0 ? HALF_OPEN : MID_HANDSHAKE;
    };
  }

  /** Whether the client goes away by itself; else the server is to drop it. */
  boolean leaves() {
    return switch (this) {
      case CLOSE_FRAME, RESET -> true;
      case HALF_OPEN, MID_HANDSHAKE -> false;
    };
  }
}

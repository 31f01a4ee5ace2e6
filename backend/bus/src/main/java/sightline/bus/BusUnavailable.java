package sightline.bus;

/** The bus did not answer; whether it took what was sent is unknown. Worth trying again later. */
public final class BusUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With what was tried, for the log. */
  public BusUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}

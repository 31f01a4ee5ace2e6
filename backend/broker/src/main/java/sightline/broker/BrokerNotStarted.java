package sightline.broker;

/** The broker could not start; the message says what to do. */
public final class BrokerNotStarted extends Exception {
  private static final long serialVersionUID = 1;

  /** With one line for the person who started it. */
  public BrokerNotStarted(String message, Throwable cause) {
    super(message, cause);
  }
}

package sightline.history;

/** The store did not answer or could not write; worth trying again, nothing is half done. */
public sealed class HistoryUnavailable extends RuntimeException permits TookTooLong {
  private static final long serialVersionUID = 1;

  /** With what was tried and what to do, for the log. */
  public HistoryUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}

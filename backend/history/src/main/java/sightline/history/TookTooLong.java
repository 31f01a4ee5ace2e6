package sightline.history;

/** A question to history was ended because it took too long: a narrower one may be answered. */
public final class TookTooLong extends HistoryUnavailable {
  private static final long serialVersionUID = 1;

  /** With what was tried, for the log. */
  public TookTooLong(String message, Throwable cause) {
    super(message, cause);
  }
}

package sightline.device;

/** The spool holds as much as it may: the event was not accepted. Answers make room. */
public final class SpoolFullException extends SpoolException {
  public SpoolFullException(int events, long bytes) {
    super(
        "the spool is full ("
            + events
            + " events, "
            + bytes
            + " bytes unanswered): try again once the other side answers",
        null);
  }
}

package sightline.protocol;

/** A payload that the contract does not accept, with the reason that is counted and answered. */
public final class RejectedPayload extends Exception {
  private static final long serialVersionUID = 1;

  private final RejectReason reason;

  /** With what exactly was wrong, for the log; the payload itself is never quoted. */
  public RejectedPayload(RejectReason reason, String detail) {
    // Input from outside may be refused at any rate, so no stack trace is taken.
    super(reason.wireName() + ": " + detail, null, false, false);
    this.reason = reason;
  }

  /** Why. */
  public RejectReason reason() {
    return reason;
  }
}

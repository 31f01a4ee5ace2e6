package sightline.protocol;

import org.jspecify.annotations.Nullable;

/**
 * A payload that the contract does not accept, or a field of one that is left out, with the reason
 * that is counted and answered. Immutable.
 */
public final class RejectedPayload extends Exception {
  private static final long serialVersionUID = 1;

  private final RejectReason reason;
  private final @Nullable String field;
  private final String detail;

  /** With what exactly was wrong, for people; the payload itself is never quoted. */
  public RejectedPayload(RejectReason reason, String detail) {
    this(reason, null, detail);
  }

  /** Of one field. */
  public RejectedPayload(RejectReason reason, @Nullable String field, String detail) {
    // Input from outside may be refused at any rate, so no stack trace is taken.
    super(reason.wireName() + ": " + detail, null, false, false);
    this.detail = detail;
    this.reason = reason;
    this.field = field;
  }

  /** Why. */
  public RejectReason reason() {
    return reason;
  }

  /** Which field is bad, or null where it is the payload as a whole. */
  public @Nullable String field() {
    return field;
  }

  /** What is wrong, in words, with what to do where that is known. */
  public String detail() {
    return detail;
  }
}

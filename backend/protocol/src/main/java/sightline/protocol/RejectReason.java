package sightline.protocol;

/** Why something that a device published was not accepted; the label of the rejection counter. */
public enum RejectReason {
  /** Not JSON, not UTF-8, nested too deep, cut off, or with something behind its end. */
  MALFORMED("malformed"),
  /** No payload at all. */
  EMPTY("empty"),
  /** Over {@link Limits#MAX_PAYLOAD_BYTES}. */
  TOO_LARGE("too-large"),
  /** A required field is absent. */
  MISSING_FIELD("missing-field"),
  /** A field is of another JSON type. */
  WRONG_TYPE("wrong-type"),
  /** A required number is outside of its range. */
  OUT_OF_RANGE("out-of-range"),
  /** The same field twice. */
  DUPLICATE_KEY("duplicate-key"),
  /** A position at 0, 0, which is what a receiver without a fix says. */
  NULL_ISLAND("null-island"),
  /** A topic that is not of the contract, or an id that no device may have. */
  BAD_TOPIC("bad-topic"),
  /** The device is not registered, and enrolment is not open. */
  NOT_ENROLLED("not-enrolled"),
  /** There are as many devices as may be. */
  TOO_MANY_DEVICES("too-many-devices"),
  /** A position from before what history keeps. */
  TOO_OLD("too-old"),
  /** More came than can be recorded: a backlog with an id is to be sent again later. */
  OVERLOAD("overload"),
  /** History refused the event itself. */
  STORE("store"),
  /** Not refused: an event whose id another one of its device has; recorded under its own. */
  ID_REUSED("id-reused"),
  /** Not refused: two clients publish under the id of one device. */
  SAME_ID("same-id"),
  /** A defect of the bridge met it. */
  DEFECT("defect");

  private final String wireName;

  RejectReason(String wireName) {
    this.wireName = wireName;
  }

  /** Its name in answers to a device and in metrics. */
  public String wireName() {
    return wireName;
  }
}

package sightline.protocol;

/** What becomes of a position at exactly 0, 0: what most receivers without a fix say. */
public enum NullIsland {
  /** It is refused; of an event, its place is left out. */
  REFUSE,
  /** It is a place as any other. */
  ACCEPT;

  boolean refuses(double lat, double lon) {
    return this == REFUSE && lat == 0 && lon == 0;
  }

  static RejectedPayload refused() {
    return new RejectedPayload(
        RejectReason.NULL_ISLAND,
        "lat",
        "lat and lon are 0: most receivers say so without a fix (devices.null-island)");
  }
}

package sightline.device;

/** An event that has no answer yet. For any thread; nobody writes to the payload. */
final class SpooledEvent {
  private final long position;
  private final String id;
  private final byte[] payload;

  SpooledEvent(long position, String id, byte[] payload) {
    this.position = position;
    this.id = id;
    this.payload = payload;
  }

  /** Grows with each event of the spool. */
  long position() {
    return position;
  }

  String id() {
    return id;
  }

  /** What is published, JSON. */
  byte[] payload() {
    return payload;
  }
}

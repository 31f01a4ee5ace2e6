package sightline.gateway;

/** Bytes that nobody changes any more. Any thread. */
final class Blob {
  static final Blob EMPTY = new Blob(new byte[0]);

  private final byte[] bytes;

  /** Takes the array over. */
  Blob(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The array itself, not to be changed. */
  byte[] array() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }
}

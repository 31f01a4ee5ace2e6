package sightline.redis;

/** Bytes in Redis that this version can't read. */
final class UnknownForm extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnknownForm(String message) {
    super(message);
  }
}

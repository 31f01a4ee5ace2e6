package sightline.app;

import java.security.SecureRandom;
import java.util.HexFormat;

/** What lets a gateway's own probe and warm-up see reserved devices, and nobody else. Stateless. */
final class ProbeKey {
  private static final int BYTES = 16;

  private ProbeKey() {}

  /** A key that nobody can guess, for as long as the process lives. */
  static String random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }
}

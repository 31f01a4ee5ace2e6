package sightline.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What lets the probe and a gateway's own warm-up see reserved devices, and nobody else. Stateless.
 */
final class ProbeKey {
  private static final int BYTES = 16;

  private ProbeKey() {}

  /**
   * The key that processes share, its file's first line.
   *
   * @throws StartRefused where it can't be read, or is too short to be one
   */
  static String read(Path file) {
    try {
      String key = Files.readString(file).lines().findFirst().orElse("").strip();
      if (key.length() < BYTES) {
        throw new StartRefused(
            "probe.key-file: " + file + " must hold a key of " + BYTES + " characters or more.");
      }
      return key;
    } catch (IOException e) {
      throw new StartRefused("probe.key-file: " + file + " can't be read: " + e + ".");
    }
  }

  /** A key that nobody can guess, for as long as the process lives. */
  static String random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return HexFormat.of().formatHex(key);
  }
}

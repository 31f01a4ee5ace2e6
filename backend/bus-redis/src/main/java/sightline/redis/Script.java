package sightline.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One of the Lua scripts beside this class, by which every change in Redis is one step. Immutable.
 */
final class Script {
  static final Script ROUND = load("round");
  static final Script PENDING = load("pending");
  static final Script ENTRIES = load("entries");
  static final Script UNRECORDED = load("unrecorded");
  static final Script HOT = load("hot");
  static final Script REWRITE = load("rewrite");
  static final Script PAGE = load("page");
  static final Script TRIM = load("trim");
  static final Script ASIDE = load("aside");
  static final Script SIZE = load("size");
  static final Script LEASE_TAKE = load("lease-take");
  static final Script LEASE_RENEW = load("lease-renew");
  static final Script LEASE_RELEASE = load("lease-release");

  final String name;

  /** Its SHA-1, by which Redis knows it. */
  final String digest;

  private final byte[] body;

  private Script(String name, byte[] body, String digest) {
    this.name = name;
    this.body = body;
    this.digest = digest;
  }

  /** Its text, UTF-8; not to be changed. */
  byte[] body() {
    return body;
  }

  private static Script load(String name) {
    try (InputStream in = Script.class.getResourceAsStream(name + ".lua")) {
      if (in == null) {
        throw new IllegalStateException(name + ".lua is missing from the program");
      }
      byte[] body = in.readAllBytes();
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(body);
      return new Script(name, body, HexFormat.of().formatHex(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-1", e);
    }
  }
}

package sightline.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, for the roles that run as processes of their own. Immutable.
 *
 * @param url its address, `redis://HOST:PORT`, or `rediss://` with TLS
 * @param user its user where it has named ones; empty for the default one
 * @param passwordFile its first line is the password of that user; none where it has none
 * @param prefix begins the name of every key and of the channel, in braces, so that all are in one
 *     slot
 * @param timeout how long an answer may take before Redis counts as away
 * @param queueCommands commands that may wait for their answers on one connection; more are refused
 * @param leaseFor a bridge that has not renewed its lease for so long has lost it
 */
public record RedisSettings(
    String url,
    String user,
    @Nullable Path passwordFile,
    String prefix,
    Duration timeout,
    int queueCommands,
    Duration leaseFor) {
  /** A Redis on this machine. */
  public static final RedisSettings DEFAULT =
      new RedisSettings(
          "redis://127.0.0.1:6379",
          "",
          null,
          "sightline",
          Duration.ofSeconds(1),
          1_024,
          Duration.ofSeconds(3));

  /** Checks each. */
  public RedisSettings {
    URI address = URI.create(url);
    boolean known = "redis".equals(address.getScheme()) || "rediss".equals(address.getScheme());
    if (!known || address.getHost() == null || address.getPort() < 1) {
      throw new IllegalArgumentException("url must be redis://HOST:PORT or rediss://HOST:PORT");
    }
    if (address.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "url must not hold a password: password-file names where it is");
    }
    if (!prefix.matches("[A-Za-z0-9_.-]{1,40}")) {
      throw new IllegalArgumentException("prefix must be 1 to 40 letters, digits, . _ or -");
    }
    within("timeout (ms)", timeout.toMillis(), 100, 30_000);
    within("queue-commands", queueCommands, 16, 1_000_000);
    within("lease-for (ms)", leaseFor.toMillis(), 500, 60_000);
  }

  /**
   * The password, empty where there is none.
   *
   * @throws UncheckedIOException where its file can't be read
   */
  String password() {
    try {
      Path file = passwordFile;
      return file == null ? "" : Files.readString(file).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException("The file with Redis's password can't be read: " + e, e);
    }
  }

  private static void within(String key, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          key + " must be from " + min + " to " + max + ", not " + value);
    }
  }
}

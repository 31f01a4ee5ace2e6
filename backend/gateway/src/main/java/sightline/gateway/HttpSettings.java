package sightline.gateway;

import java.time.Duration;

/**
 * The settings of HTTP, validated. Immutable.
 *
 * @param maxConnections open at once, WebSockets too; one more is closed
 * @param maxLineBytes a request line
 * @param maxHeaderBytes all header fields of a request
 * @param maxBodyBytes a request's body
 * @param requestTimeout from a connection's or request's first byte to its last
 * @param idleTimeout a kept connection without a request is closed
 * @param concurrentRequests API requests that run at once; one more is answered 503
 * @param fileCacheBytes the page's files, compressed ones too, that are kept in memory
 * @param answerBytes answers that are not read yet, all together; one more is answered 503
 * @param answerBytesByAddress the same, of one client's address
 */
public record HttpSettings(
    int maxConnections,
    int maxLineBytes,
    int maxHeaderBytes,
    int maxBodyBytes,
    Duration requestTimeout,
    Duration idleTimeout,
    int concurrentRequests,
    int fileCacheBytes,
    int answerBytes,
    int answerBytesByAddress) {

  /** For a control room and its tools. */
  public static final HttpSettings DEFAULT =
      new HttpSettings(
          20_000,
          8 * 1024,
          16 * 1024,
          64 * 1024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          64,
          64 << 20,
          64 << 20,
          16 << 20);

  /** Checks ranges. */
  public HttpSettings {
    Check.range("max-connections", maxConnections, 1, 1_000_000);
    Check.range("max-line-bytes", maxLineBytes, 256, 1 << 20);
    Check.range("max-header-bytes", maxHeaderBytes, 1_024, 1 << 20);
    Check.range("max-body-bytes", maxBodyBytes, 1_024, 16 << 20);
    Check.range("request-timeout", requestTimeout, Duration.ofMillis(50), Duration.ofMinutes(5));
    Check.range("idle-timeout", idleTimeout, Duration.ofMillis(50), Duration.ofHours(1));
    Check.range("concurrent-requests", concurrentRequests, 1, 10_000);
    Check.range("file-cache-bytes", fileCacheBytes, 0, Integer.MAX_VALUE);
    Check.range("answer-bytes", answerBytes, 1 << 20, Integer.MAX_VALUE);
    Check.range("answer-bytes-by-address", answerBytesByAddress, 1 << 20, answerBytes);
  }
}

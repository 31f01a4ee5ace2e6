package sightline.broker;

import java.time.Duration;

/**
 * Settings of the embedded broker. Immutable.
 *
 * @param bind the address that it listens on
 * @param port TCP port, 0 for a free one
 * @param maxPacketBytes a larger MQTT packet ends its connection
 * @param memoryBytes what queued messages may take before events go to disk and positions are
 *     dropped
 * @param sessionExpiry how long the session of an absent MQTT 3.1.1 client is kept
 */
public record BrokerSettings(
    String bind, int port, int maxPacketBytes, long memoryBytes, Duration sessionExpiry) {
  /** What holds where nothing is set. */
  public static final BrokerSettings DEFAULT =
      new BrokerSettings("127.0.0.1", 1883, 256 * 1024, 64L * 1024 * 1024, Duration.ofDays(7));

  /** Checks every field. */
  public BrokerSettings {
    if (bind.isBlank()) {
      throw new IllegalArgumentException("bind must be an address");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port must be from 0 to 65535, not " + port);
    }
    if (maxPacketBytes < 20 * 1024 || maxPacketBytes > 16 * 1024 * 1024) {
      throw new IllegalArgumentException("max-packet-bytes must be from 20480 to 16777216");
    }
    if (memoryBytes < 8L * 1024 * 1024) {
      throw new IllegalArgumentException("memory-bytes must be at least 8388608");
    }
    if (sessionExpiry.isNegative() || sessionExpiry.toSeconds() > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("session-expiry must be from 0s to 24855d");
    }
  }
}

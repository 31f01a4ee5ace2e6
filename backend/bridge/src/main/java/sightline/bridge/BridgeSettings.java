package sightline.bridge;

import java.time.Duration;
import sightline.mqtt.MqttSettings;

/**
 * Settings of the bridge. Immutable.
 *
 * @param mqtt the MQTT broker
 * @param queueCapacity locations and statuses that wait for a round before the broker is held back
 * @param maxWaitingEvents events that are received and not yet committed, before the broker is held
 *     back
 * @param maxWaitingBytes the same, by the bytes of their payloads
 * @param commitGroup events in one commit, at most
 * @param beat between two beats
 * @param signOfLife after a restart of the broker, an online unit that is silent for so long is
 *     offline
 * @param roundRest at least this long from one round to the next, on a bus between processes
 * @param mirror between two copies of a unit's location on {@code fleet/{id}/location}
 */
public record BridgeSettings(
    MqttSettings mqtt,
    int queueCapacity,
    int maxWaitingEvents,
    long maxWaitingBytes,
    int commitGroup,
    Duration beat,
    Duration signOfLife,
    Duration roundRest,
    Duration mirror) {
  /** What holds where nothing is set. */
  public static final BridgeSettings DEFAULT =
      new BridgeSettings(
          MqttSettings.DEFAULT,
          16_384,
          65_535,
          64L * 1024 * 1024,
          1_000,
          Duration.ofMillis(500),
          Duration.ofSeconds(30),
          Duration.ofMillis(3),
          Duration.ofSeconds(1));

  /** Checks every field. */
  public BridgeSettings {
    within("queue-capacity", queueCapacity, 16, 10_000_000);
    within("max-waiting-events", maxWaitingEvents, 1, 65_535);
    within("max-waiting-bytes", maxWaitingBytes, 16 * 1024, Long.MAX_VALUE);
    within("commit-group", commitGroup, 1, 65_535);
    within("beat (ms)", beat.toMillis(), 50, 10_000);
    within("sign-of-life (ms)", signOfLife.toMillis(), 1_000, 3_600_000);
    within("round-rest (ms)", roundRest.toMillis(), 0, 1_000);
    within("mirror (ms)", mirror.toMillis(), 100, 3_600_000);
  }

  /** The same with another broker, without TLS. */
  public BridgeSettings withBroker(String host, int port) {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return with(
        new MqttSettings("mqtt://" + name + ":" + port, null, null, null, "", null), roundRest);
  }

  /** The same for a bus in this process, where the gateway's rest alone sets the pace. */
  public BridgeSettings withoutRest() {
    return with(mqtt, Duration.ZERO);
  }

  private BridgeSettings with(MqttSettings broker, Duration rest) {
    return new BridgeSettings(
        broker,
        queueCapacity,
        maxWaitingEvents,
        maxWaitingBytes,
        commitGroup,
        beat,
        signOfLife,
        rest,
        mirror);
  }

  private static void within(String key, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          key + " must be from " + min + " to " + max + ", not " + value);
    }
  }
}

package sightline.probe;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.mqtt.MqttSettings;

/**
 * Settings of the probe. Immutable.
 *
 * @param name names it among several: its device is {@code _sightline-probe-NAME}
 * @param interval from one measurement to the next; 0 turns it off
 * @param within what takes longer has failed
 * @param keep measurements that are kept for {@code /api/v1/health/latency}
 * @param keyFile its first line is what gateways know the probe by, the same for all that `run`
 *     starts; none: no probe is known
 * @param mqtt the MQTT broker, for a probe that `run` starts
 * @param brokerUrl where the broker's `$SYS` may be read, with the rest of {@code mqtt}:
 *     Mosquitto's listener for the bridge; empty: such a probe tells nothing of the broker
 * @param url where browsers reach the gateways, for such a probe: `ws://HOST:PORT`, or `wss://`
 *     with TLS
 * @param ca the certificates that {@code url}'s is checked against, PEM; none: those of the JVM
 * @param gateways the {@code gateway.server-name} of each gateway behind {@code url}
 */
public record ProbeSettings(
    String name,
    Duration interval,
    Duration within,
    int keep,
    @Nullable Path keyFile,
    MqttSettings mqtt,
    String brokerUrl,
    String url,
    @Nullable Path ca,
    List<String> gateways) {
  /** Twice a minute, for a day. */
  public static final ProbeSettings DEFAULT =
      new ProbeSettings(
          "1",
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          2_880,
          null,
          MqttSettings.DEFAULT,
          "",
          "ws://127.0.0.1:8080",
          null,
          List.of("gateway"));

  /** Checks every field. */
  public ProbeSettings {
    gateways = List.copyOf(gateways);
    if (!name.matches("[A-Za-z0-9_-]{1,32}")) {
      throw new IllegalArgumentException("name must match [A-Za-z0-9_-]{1,32}");
    }
    if (interval.isNegative() || interval.toDays() > 1) {
      throw new IllegalArgumentException("interval must be from 0s to 1d");
    }
    if (within.toMillis() < 100 || within.toSeconds() > 60) {
      throw new IllegalArgumentException("within must be from 100ms to 60s");
    }
    if (keep < 1 || keep > 100_000) {
      throw new IllegalArgumentException("keep must be from 1 to 100000, not " + keep);
    }
    if (!brokerUrl.isEmpty()) {
      MqttSettings _ = at(mqtt, brokerUrl);
    }
    URI address = URI.create(url);
    boolean known = "ws".equals(address.getScheme()) || "wss".equals(address.getScheme());
    if (!known || address.getHost() == null) {
      throw new IllegalArgumentException("url must be ws://HOST:PORT or wss://HOST:PORT");
    }
    if (gateways.isEmpty() || gateways.size() > 64) {
      throw new IllegalArgumentException("gateways must be from 1 to 64 names");
    }
  }

  /** The same for a broker and a gateway of the same process, without TLS. */
  public ProbeSettings at(String brokerHost, int brokerPort, URI gateway, String server) {
    String host = brokerHost.contains(":") ? "[" + brokerHost + "]" : brokerHost;
    MqttSettings broker =
        new MqttSettings("mqtt://" + host + ":" + brokerPort, null, null, null, "", null);
    return new ProbeSettings(
        name,
        interval,
        within,
        keep,
        keyFile,
        broker,
        "",
        gateway.toString(),
        null,
        List.of(server));
  }

  /** Where the broker's own figures are read; null: nowhere. */
  public @Nullable MqttSettings broker() {
    return brokerUrl.isEmpty() ? null : at(mqtt, brokerUrl);
  }

  private static MqttSettings at(MqttSettings mqtt, String url) {
    return new MqttSettings(
        url, mqtt.ca(), mqtt.certificate(), mqtt.key(), mqtt.user(), mqtt.passwordFile());
  }

  /** The id of its device. */
  public String device() {
    return "_sightline-probe-" + name;
  }
}

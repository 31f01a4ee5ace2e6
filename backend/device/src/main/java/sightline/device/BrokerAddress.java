package sightline.device;

import java.net.URI;
import java.util.Locale;

/** Where a broker listens. Immutable, for any thread. */
record BrokerAddress(String host, int port, boolean tls) {

  /**
   * {@code mqtt://host[:1883]} or {@code mqtts://host[:8883]}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static BrokerAddress of(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("mqtts");
    if ((!tls && !scheme.equals("mqtt")) || uri.getHost() == null) {
      throw new IllegalArgumentException(
          "a broker is mqtt://host:port or mqtts://host:port, not " + uri);
    }
    int standardPort = tls ? 8883 : 1883;
    return new BrokerAddress(uri.getHost(), uri.getPort() < 0 ? standardPort : uri.getPort(), tls);
  }
}

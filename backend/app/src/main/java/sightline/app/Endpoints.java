package sightline.app;

import java.nio.file.Path;

/**
 * Where a running Sightline is reached.
 *
 * @param host the address that it listens on, as in a URL
 * @param httpPort of the page and the API
 * @param mqttPort of devices
 * @param data where everything is kept
 */
record Endpoints(String host, int httpPort, int mqttPort, Path data) {
  /** The page's address. */
  String http() {
    return "http://" + urlHost() + ":" + httpPort + "/";
  }

  /** The broker's address for clients. */
  String mqtt() {
    return "mqtt://" + urlHost() + ":" + mqttPort;
  }

  /** What a person reads once all is ready. */
  String greeting() {
    String client = "-h " + host + " -p " + mqttPort;
    return """

        Sightline is up.
          Map       %s
          Devices   %s
          Data      %s

        Put a unit on the map:
          mosquitto_pub %s -t devices/unit-1/location -m '{"timestamp":'$(date +%%s%%3N)',"lat":47.141,"lon":9.521}'
        Let its last will take it offline, 5 seconds from then:
          timeout -s KILL 5 mosquitto_sub %s -t devices/unit-1/acks --will-topic devices/unit-1/status \\
            --will-qos 1 --will-retain --will-payload '{"online":false,"timestamp":'$(date +%%s%%3N)'}'
        See every unit:
          mosquitto_sub %s -v -t 'fleet/+/location'

        Ctrl-C stops it.
        """
        .formatted(http(), mqtt(), data, client, client, client);
  }

  private String urlHost() {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}

package sightline.broker;

import java.util.List;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.config.WildcardConfiguration;

/** Which of Artemis's addresses hold what: an MQTT topic as it is, and what is retained of it. */
final class Topics {
  /** Addresses that a device's position is published to, as Artemis matches settings to them. */
  static final List<String> POSITIONS = List.of("devices/+/location", "fleet/#");

  /** Those of the fleet's retained positions, each of which is a queue of one message. */
  static final String RETAINED_POSITIONS = "$sys.mqtt.retain.fleet/#";

  /**
   * An address is the topic. By its own rule Artemis would turn slashes into dots, and a topic with
   * a dot in it, which Mosquitto delivers, would be acknowledged and reach nobody.
   */
  static final WildcardConfiguration AS_IN_MQTT =
      new WildcardConfiguration().setDelimiter('/').setSingleWord('+').setAnyWords('#');

  private Topics() {}

  /** Whether a position is published to it or retained there. */
  static boolean isPosition(SimpleString address) {
    String name = address.toString();
    return name.startsWith("fleet/")
        || name.startsWith("$sys.mqtt.retain.fleet/")
        || (name.startsWith("devices/") && name.endsWith("/location"));
  }
}

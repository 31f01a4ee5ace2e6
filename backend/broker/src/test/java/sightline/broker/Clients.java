package sightline.broker;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5BlockingClient;

/** MQTT 5 clients of a broker of this process. */
final class Clients {
  private Clients() {}

  /** Not connected yet. */
  static Mqtt5BlockingClient of(EmbeddedBroker broker, String id) {
    return MqttClient.builder()
        .useMqttVersion5()
        .identifier(id)
        .serverHost("127.0.0.1")
        .serverPort(broker.port())
        .buildBlocking();
  }
}

package sightline.bridge;

/** Publishes by an MQTT connection that may be down: what can't be sent now is lost. */
interface MqttPublisher {
  /** Hands it to the connection; never blocks. */
  void publish(String topic, byte[] payload, int qos, boolean retain);
}

package sightline.bridge;

import java.util.concurrent.CompletableFuture;

/** Publishes by an MQTT connection that may be down: what can't be sent now is lost. */
interface MqttPublisher {
  /**
   * Hands it to the connection; never blocks.
   *
   * @return ends well once the broker has it (QoS 1) or it is written (QoS 0), or where the broker
   *     refuses it; badly where it was lost with the connection
   */
  CompletableFuture<?> publish(String topic, byte[] payload, int qos, boolean retain);
}

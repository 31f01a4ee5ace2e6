package sightline.probe;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import java.io.IOException;
import java.util.List;
import sightline.mqtt.MqttSettings;

/** MQTT clients of one connection each, that stay away once it is lost. Stateless. */
final class Clients {
  private Clients() {}

  /**
   * Not connected yet.
   *
   * @throws IOException where its certificate, key or password can't be read
   */
  static Mqtt5AsyncClient of(MqttSettings broker, String id) throws IOException {
    Mqtt5ClientBuilder builder =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(id)
            .serverHost(broker.host())
            .serverPort(broker.port())
            .executorConfig()
            .nettyThreads(1)
            .applyExecutorConfig();
    if (broker.tls()) {
      builder =
          builder.sslConfig(
              MqttClientSslConfig.builder()
                  .protocols(List.of("TLSv1.3", "TLSv1.2"))
                  .trustManagerFactory(broker.trusted())
                  .keyManagerFactory(broker.own())
                  .build());
    }
    if (!broker.user().isEmpty()) {
      builder =
          builder
              .simpleAuth()
              .username(broker.user())
              .password(broker.password())
              .applySimpleAuth();
    }
    return builder.buildAsync();
  }
}

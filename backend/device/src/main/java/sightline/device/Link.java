package sightline.device;

import com.hivemq.client.internal.mqtt.MqttClientConfig;
import com.hivemq.client.internal.mqtt.MqttClientConnectionConfig;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.auth.Mqtt5SimpleAuth;
import com.hivemq.client.mqtt.mqtt5.message.connect.Mqtt5Connect;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import com.hivemq.client.mqtt.mqtt5.message.publish.puback.Mqtt5PubAckReasonCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One MQTT connection, used once: the library's own reconnect stays off, so that nothing of an old
 * connection (queued publishes, subscriptions) can surface in a new one. For any thread; what it
 * reports comes on a network thread.
 */
final class Link {
  private static final int KEEP_ALIVE_SECONDS = 10;
  private static final int CONNECT_TIMEOUT_SECONDS = 5;
  private static final int ANSWER_TIMEOUT_SECONDS = 10;

  private final DeviceSettings settings;
  private final Mqtt5AsyncClient client;

  /**
   * @param lost called when the connection fails or ends, for whatever reason
   */
  Link(
      DeviceSettings settings,
      BrokerAddress broker,
      DeviceExecutor executor,
      BiConsumer<Link, Throwable> lost) {
    this.settings = settings;
    Mqtt5ClientBuilder builder =
        Mqtt5Client.builder()
            .identifier(settings.id())
            .executorConfig(executor.mqtt())
            .transportConfig()
            .serverHost(broker.host())
            .serverPort(broker.port())
            .socketConnectTimeout(CONNECT_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .mqttConnectTimeout(CONNECT_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .sslConfig(tls(settings, broker))
            .applyTransportConfig()
            .addDisconnectedListener(context -> lost.accept(this, context.getCause()));
    if (settings.username() != null) {
      builder = builder.simpleAuth(auth(settings, settings.username()));
    }
    client = builder.buildAsync();
  }

  /** Connects; a failure is reported as lost, too. */
  CompletableFuture<?> connect() {
    return client.connect(
        Mqtt5Connect.builder()
            .cleanStart(true)
            .keepAlive(KEEP_ALIVE_SECONDS)
            .willPublish()
            .topic(settings.topic("status"))
            .qos(MqttQos.AT_LEAST_ONCE)
            .retain(true)
            .payload(settings.offlineStatus())
            .applyWillPublish()
            .build());
  }

  /** Fails when the broker refuses the subscription, or does not answer in 10 s. */
  CompletableFuture<?> subscribe(String topic, Consumer<byte[]> payloads) {
    return client
        .subscribeWith()
        .topicFilter(topic)
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(publish -> payloads.accept(publish.getPayloadAsBytes()))
        .send()
        .orTimeout(ANSWER_TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /** Ends when the payload is written (QoS 0), or acknowledged by the broker (QoS 1). */
  CompletableFuture<?> publish(String topic, byte[] payload, int qos, boolean retained) {
    return client.publish(
        Mqtt5Publish.builder()
            .topic(topic)
            .payload(payload)
            .qos(qos == 0 ? MqttQos.AT_MOST_ONCE : MqttQos.AT_LEAST_ONCE)
            .retain(retained)
            .build());
  }

  /**
   * Ends when the broker has acknowledged the payload: whether anybody was there to hear it. Only
   * MQTT 5 brokers that look say that nobody was.
   */
  CompletableFuture<Boolean> publishHeard(String topic, byte[] payload) {
    return client
        .publish(
            Mqtt5Publish.builder().topic(topic).payload(payload).qos(MqttQos.AT_LEAST_ONCE).build())
        .thenApply(Link::heard);
  }

  private static boolean heard(Mqtt5PublishResult result) {
    return !(result instanceof Mqtt5PublishResult.Mqtt5Qos1Result taken)
        || taken.getPubAck().getReasonCode() != Mqtt5PubAckReasonCode.NO_MATCHING_SUBSCRIBERS;
  }

  /** Says goodbye: the broker forgets the last will. */
  CompletableFuture<?> disconnect() {
    return client.disconnect();
  }

  /**
   * Closes the socket without a DISCONNECT, as a lost network does: the broker publishes the last
   * will. The library offers no public way to do it.
   */
  void cut() {
    MqttClientConnectionConfig connection =
        ((MqttClientConfig) client.getConfig()).getRawConnectionConfig();
    if (connection != null) {
      var unused = connection.getChannel().close();
    }
  }

  private static @Nullable MqttClientSslConfig tls(DeviceSettings settings, BrokerAddress broker) {
    if (!broker.tls()) {
      return null;
    }
    return MqttClientSslConfig.builder()
        .keyManagerFactory(settings.keys())
        .trustManagerFactory(settings.trust())
        .build();
  }

  private static Mqtt5SimpleAuth auth(DeviceSettings settings, String username) {
    byte[] password = settings.passwordBytes();
    var named = Mqtt5SimpleAuth.builder().username(username);
    return password == null ? named.build() : named.password(password).build();
  }
}

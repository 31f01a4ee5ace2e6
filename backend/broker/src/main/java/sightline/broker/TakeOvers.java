package sightline.broker;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import java.util.function.Consumer;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTStateManager;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says whose connection another client takes over by its id: Artemis sends no last will for it, so
 * that nobody else could see it. Called by Artemis's threads; holds no state but its listener.
 */
final class TakeOvers implements MQTTInterceptor {
  private static final Logger log = LoggerFactory.getLogger(TakeOvers.class);

  private final ActiveMQServer server;
  private volatile Consumer<String> listener = id -> {};

  private TakeOvers(ActiveMQServer server) {
    this.server = server;
  }

  /** To be called before the server starts. */
  static TakeOvers of(ActiveMQServer server) {
    TakeOvers takeOvers = new TakeOvers(server);
    server.getServiceRegistry().addIncomingInterceptor(takeOvers);
    return takeOvers;
  }

  void listen(Consumer<String> to) {
    listener = to;
  }

  /** Called before a CONNECT is handled. */
  @Override
  public boolean intercept(MqttMessage message, RemotingConnection connection) {
    if (message instanceof MqttConnectMessage connect) {
      String id = connect.payload().clientIdentifier();
      if (id != null && !id.isEmpty() && connected(id, connection)) {
        listener.accept(id);
      }
    }
    return true;
  }

  private boolean connected(String id, RemotingConnection by) {
    try {
      RemotingConnection known = MQTTStateManager.getInstance(server).getConnectedClient(id);
      return known != null && !known.getID().equals(by.getID());
    } catch (Exception e) {
      log.debug("The sessions can't be asked for: {}", e.toString());
      return false;
    }
  }
}

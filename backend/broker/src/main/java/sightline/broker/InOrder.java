package sightline.broker;

import io.netty.handler.codec.mqtt.MqttMessage;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Makes Artemis keep the order of a device's QoS 1 publishes, which it loses (ARTEMIS-6191): what
 * waits for the disk is queued by the thread that handles it, and that is another one each time.
 * Called by Artemis's threads; holds nothing of its own.
 */
final class InOrder implements ActiveMQServerMessagePlugin, MQTTInterceptor {
  private final ActiveMQServer server;

  private InOrder(ActiveMQServer server) {
    this.server = server;
  }

  /** To be called before the server starts. */
  static void keptBy(ActiveMQServer server) {
    InOrder order = new InOrder(server);
    server.registerBrokerPlugin(order);
    server.getServiceRegistry().addOutgoingInterceptor(order);
  }

  /** What arrives waits in the queue of its own session, and its PUBACK behind it. */
  @Override
  public void beforeSend(
      ServerSession session,
      Transaction transaction,
      Message message,
      boolean direct,
      boolean noAutoCreateQueue) {
    server.getStorageManager().setContext(session.getSessionContext());
  }

  /** What leaves has no reason to wait: it goes in the order of its queue. */
  @Override
  public boolean intercept(MqttMessage message, RemotingConnection connection) {
    server.getStorageManager().setContext(server.newOperationContext());
    return true;
  }
}

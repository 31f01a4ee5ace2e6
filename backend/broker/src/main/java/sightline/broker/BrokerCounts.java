package sightline.broker;

import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageType;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.MessageReference;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.impl.AckReason;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerConnectionPlugin;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Counts what goes through the broker, and what it drops without a word to anybody. Called by
 * Artemis's threads; any thread may read.
 */
public final class BrokerCounts
    implements ActiveMQServerMessagePlugin, ActiveMQServerConnectionPlugin {
  private final ActiveMQServer server;
  private final LongAdder in = new LongAdder();
  private final LongAdder out = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final LongAdder left = new LongAdder();
  private final LongAdder lost = new LongAdder();

  /** Connections that have said goodbye, until they end. */
  private final Set<Object> leaving = ConcurrentHashMap.newKeySet();

  private BrokerCounts(ActiveMQServer server) {
    this.server = server;
  }

  /** To be called before the server starts. */
  static BrokerCounts of(ActiveMQServer server) {
    BrokerCounts counts = new BrokerCounts(server);
    server.registerBrokerPlugin(counts);
    MQTTInterceptor incoming = counts::incoming;
    MQTTInterceptor outgoing = counts::outgoing;
    server.getServiceRegistry().addIncomingInterceptor(incoming);
    server.getServiceRegistry().addOutgoingInterceptor(outgoing);
    return counts;
  }

  private boolean incoming(MqttMessage message, RemotingConnection connection) {
    MqttMessageType type = message.fixedHeader().messageType();
    if (type == MqttMessageType.PUBLISH) {
      in.increment();
    } else if (type == MqttMessageType.DISCONNECT) {
      leaving.add(connection.getID());
    }
    return true;
  }

  private boolean outgoing(MqttMessage message, RemotingConnection connection) {
    if (message.fixedHeader().messageType() == MqttMessageType.PUBLISH) {
      out.increment();
    }
    return true;
  }

  /** With its memory full, the broker takes a position and forgets it. */
  @Override
  public void beforeSend(
      ServerSession session,
      Transaction transaction,
      Message message,
      boolean direct,
      boolean noAutoCreateQueue) {
    if (server.getPagingManager().isGlobalFull()
        && Topics.isPosition(message.getAddressSimpleString())) {
      dropped.increment();
    }
  }

  /** A newer position has taken the place of one that its subscriber had not read. */
  @Override
  public void messageAcknowledged(
      Transaction transaction,
      MessageReference reference,
      AckReason reason,
      ServerConsumer consumer) {
    if (reason == AckReason.REPLACED
        && Topics.isPosition(reference.getMessage().getAddressSimpleString())) {
      dropped.increment();
    }
  }

  @Override
  public void afterDestroyConnection(RemotingConnection connection) {
    if (leaving.remove(connection.getID())) {
      left.increment();
    } else {
      lost.increment();
    }
  }

  /** Publishes that clients sent. */
  public long in() {
    return in.sum();
  }

  /** Publishes that were sent to clients. */
  public long out() {
    return out.sum();
  }

  /** Positions that no subscriber will get: memory was full, or it did not read. */
  public long dropped() {
    return dropped.sum();
  }

  /** Connections that ended after a DISCONNECT. */
  public long left() {
    return left.sum();
  }

  /** Connections that ended without: network, keep-alive, protocol, or taken over. */
  public long lost() {
    return lost.sum();
  }
}

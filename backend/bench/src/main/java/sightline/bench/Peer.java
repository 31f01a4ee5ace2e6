package sightline.bench;

import io.netty.handler.codec.mqtt.MqttVersion;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A system that a user would pick instead of Sightline: MQTT 3.1.1 in, as NATS knows no other, and
 * a dialect of its own out, in which every position is decoded at once. Every implementation is
 * immutable.
 */
sealed interface Peer extends Target, Dialect permits MosquittoPeer, NatsPeer, SeedPeer {
  PeerFile at();

  @Override
  default InetSocketAddress devices() {
    return at().mqtt();
  }

  @Override
  default InetSocketAddress live() {
    return at().http();
  }

  @Override
  default List<Long> pids() {
    return at().pids();
  }

  @Override
  default Wire wire(int devices) {
    return new MqttWire(devices, MqttVersion.MQTT_3_1_1);
  }

  @Override
  default Dialect dialect(Protocol asked) {
    return this;
  }

  @Override
  default boolean recorded() {
    return false;
  }
}

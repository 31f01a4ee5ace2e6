package sightline.bench;

import io.netty.handler.codec.mqtt.MqttVersion;
import java.net.InetSocketAddress;
import java.util.OptionalLong;

/** A system under test: where devices and browsers connect, and how devices speak. */
interface Target {
  String name();

  InetSocketAddress devices();

  InetSocketAddress live();

  String livePath();

  OptionalLong pid();

  Wire wire(int devices);

  /** A real system: MQTT in, WebSocket out. */
  record Sightline(
      InetSocketAddress devices,
      InetSocketAddress live,
      String livePath,
      OptionalLong pid,
      MqttVersion version)
      implements Target {
    @Override
    public String name() {
      return "sightline";
    }

    @Override
    public Wire wire(int count) {
      return new MqttWire(count, version);
    }
  }

  /** The floor: what copying bytes alone costs on this machine. */
  record Floor(InetSocketAddress devices, InetSocketAddress live, OptionalLong pid)
      implements Target {
    @Override
    public String name() {
      return "floor";
    }

    @Override
    public String livePath() {
      return "/live";
    }

    @Override
    public Wire wire(int count) {
      return new FloorWire(count);
    }
  }
}

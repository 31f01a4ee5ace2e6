package sightline.bench;

import io.netty.handler.codec.mqtt.MqttVersion;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A system under test: where devices and browsers connect, and how devices speak. */
interface Target {
  String name();

  InetSocketAddress devices();

  InetSocketAddress live();

  String livePath();

  /** The system's processes, without their children; empty where they are not known. */
  List<Long> pids();

  /** How both ends encrypt; null where they don't. */
  default @Nullable Tls tls() {
    return null;
  }

  Wire wire(int devices);

  /**
   * How browsers speak.
   *
   * @param asked where the system leaves the choice
   */
  default Dialect dialect(Protocol asked) {
    return asked;
  }

  /** A real system: MQTT in, WebSocket out. */
  record Sightline(
      String name,
      InetSocketAddress devices,
      InetSocketAddress live,
      String livePath,
      List<Long> pids,
      MqttVersion version,
      @Nullable Tls tls)
      implements Target {
    public Sightline {
      pids = List.copyOf(pids);
    }

    @Override
    public Wire wire(int count) {
      return new MqttWire(count, version);
    }
  }

  /** The floor: what copying bytes alone costs on this machine. */
  record Floor(InetSocketAddress devices, InetSocketAddress live, List<Long> pids)
      implements Target {
    public Floor {
      pids = List.copyOf(pids);
    }

    @Override
    public String name() {
      return "floor";
    }

    @Override
    public String livePath() {
      return "/live";
    }

    @Override
    public Dialect dialect(Protocol asked) {
      return Protocol.json;
    }

    @Override
    public Wire wire(int count) {
      return new FloorWire(count);
    }
  }
}

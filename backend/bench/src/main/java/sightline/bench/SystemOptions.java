package sightline.bench;

import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which system is under test: one that the bench starts, or one that runs already. */
final class SystemOptions {
  @Option(
      names = "--target",
      description =
          "up, stack, or a peer: seed, mosquitto or nats (each started on free ports for the bench),"
              + " none, or the ws:// URL of a system that runs already")
  private String target = "up";

  @Option(names = "--mqtt", description = "HOST:PORT of the broker of a system that runs already")
  private String mqtt = "127.0.0.1:1883";

  @Option(names = "--pid", description = "the processes of a system that runs already")
  private List<Long> pids = List.of();

  @Option(names = "--gateways", description = "of --target stack")
  private int gateways = 2;

  @Option(
      names = "--tls",
      description = "--target stack encrypted: devices with certificates, browsers by Nginx's TLS")
  private boolean tls;

  @Option(names = "--mqtt-version", description = "3 or 5")
  private int mqttVersion = 5;

  @Option(
      names = "--up-command",
      arity = "1..*",
      description = "what runs the program; this checkout's ./sightline where it is not given")
  private @Nullable List<String> upCommand;

  /**
   * Starts what is to be measured.
   *
   * @param devices that each get a certificate where they need one
   */
  Started start(Progress progress, int devices) throws IOException, InterruptedException {
    return start(target, progress, devices);
  }

  /** Starts the system of that name, or looks at the one that runs at that URL. */
  Started start(String name, Progress progress, int devices)
      throws IOException, InterruptedException {
    MqttVersion version = mqttVersion == 5 ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1;
    return switch (name) {
      case "up" -> {
        progress.phase("starting `up`");
        UpProcess up = new UpProcess(command());
        yield new Started(up.target(version), up::close);
      }
      case "stack" -> {
        progress.phase("starting `stack`");
        StackProcess stack = new StackProcess(command(), gateways);
        yield new Started(parts(stack, version, devices), stack::close);
      }
      case "seed", "mosquitto", "nats" -> {
        progress.phase("starting " + name);
        PeerProcess peer = PeerProcess.start(root(), name);
        yield new Started(peer.peer(), peer::close);
      }
      case "none" -> new Started(null, () -> {});
      default -> new Started(running(URI.create(name), version), () -> {});
    };
  }

  private Target parts(StackProcess stack, MqttVersion version, int devices)
      throws IOException, InterruptedException {
    return tls
        ? stack.encrypted(version, root().resolve("deploy/certificates.sh"), devices)
        : stack.plain(version);
  }

  private List<String> command() {
    return command(upCommand);
  }

  /** What runs the program: as asked for, or this checkout's launcher. */
  static List<String> command(@Nullable List<String> asked) {
    return asked == null ? List.of(root().resolve("sightline").toString()) : asked;
  }

  static Path root() {
    String root = System.getProperty("sightline.root");
    if (root == null) {
      throw new IllegalArgumentException("started without the launcher: give --up-command");
    }
    return Path.of(root);
  }

  private Target running(URI live, MqttVersion version) {
    if (!"ws".equals(live.getScheme())) {
      throw new IllegalArgumentException(
          "--target takes up, stack, seed, mosquitto, nats, none or a ws:// URL: " + live);
    }
    int colon = mqtt.lastIndexOf(':');
    int port = Integer.parseInt(mqtt.substring(colon + 1));
    return new Target.Sightline(
        "running",
        new InetSocketAddress(mqtt.substring(0, colon), port),
        new InetSocketAddress(live.getHost(), live.getPort() < 0 ? 80 : live.getPort()),
        live.getRawPath(),
        pids,
        version,
        null);
  }
}

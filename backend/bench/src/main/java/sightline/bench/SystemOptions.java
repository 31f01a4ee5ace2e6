package sightline.bench;

import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which system is under test: one that the bench starts, or one that runs already. */
final class SystemOptions {
  @Option(names = "--target", description = "up (started on free ports for the bench) or external")
  private Kind target = Kind.up;

  @Option(names = "--mqtt", description = "HOST:PORT of an external system's broker")
  private String mqtt = "127.0.0.1:1883";

  @Option(names = "--live", description = "an external system's WebSocket")
  private URI live = URI.create("ws://127.0.0.1:8080/live");

  @Option(names = "--pid", description = "an external system's process")
  private @Nullable Long pid;

  @Option(names = "--mqtt-version", description = "3 or 5")
  private int mqttVersion = 5;

  @Option(
      names = "--up-command",
      arity = "1..*",
      description = "what runs the program; this checkout's ./sightline where it is not given")
  private @Nullable List<String> upCommand;

  /** Names as on the command line. */
  enum Kind {
    up,
    external,
    none
  }

  /** A system that is there until closed; {@code target} is null for none. */
  record Started(@Nullable Target system, @Nullable UpProcess process) implements AutoCloseable {
    Target target() {
      if (system == null) {
        throw new IllegalArgumentException("--target none has nothing to look at");
      }
      return system;
    }

    @Override
    public void close() {
      if (process != null) {
        process.close();
      }
    }
  }

  Started start(Progress progress) throws IOException, InterruptedException {
    MqttVersion version = mqttVersion == 5 ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1;
    return switch (target) {
      case up -> {
        progress.phase("starting `up`");
        UpProcess up = new UpProcess(upCommand == null ? launcher() : upCommand);
        yield new Started(up.target(version), up);
      }
      case external -> new Started(external(version), null);
      case none -> new Started(null, null);
    };
  }

  private static List<String> launcher() {
    String root = System.getProperty("sightline.root");
    if (root == null) {
      throw new IllegalArgumentException("started without the launcher: give --up-command");
    }
    return List.of(Path.of(root, "sightline").toString());
  }

  private Target external(MqttVersion version) {
    int colon = mqtt.lastIndexOf(':');
    int port = Integer.parseInt(mqtt.substring(colon + 1));
    return new Target.Sightline(
        new InetSocketAddress(mqtt.substring(0, colon), port),
        new InetSocketAddress(live.getHost(), live.getPort() < 0 ? 80 : live.getPort()),
        live.getRawPath(),
        pid == null ? OptionalLong.empty() : OptionalLong.of(pid),
        version);
  }
}

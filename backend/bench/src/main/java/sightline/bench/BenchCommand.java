package sightline.bench;

import io.netty.handler.codec.mqtt.MqttVersion;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures a system beside the floor, run by run in turn, and prints the table. Belongs to the main
 * thread.
 */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Measures device to browser, beside a floor in the same run.")
final class BenchCommand implements Callable<Integer> {
  @Option(names = "--devices", description = "devices of the fleet")
  private int devices = 600;

  @Option(names = "--rate", description = "positions a second of each device")
  private double rate = 2;

  @Option(names = "--browsers", description = "browsers that watch the whole fleet")
  private int browsers = 120;

  @Option(names = "--warmup", description = "before each run counts")
  private Duration warmup = Duration.ofSeconds(10);

  @Option(names = "--seconds", description = "that each run counts, the last one excluded")
  private Duration seconds = Duration.ofSeconds(15);

  @Option(names = "--runs", description = "of each system, in turn")
  private int runs = 3;

  @Option(
      names = "--target",
      description = "up (started for the bench), floor (nothing beside it), or external")
  private String target = "up";

  @Option(names = "--mqtt", description = "HOST:PORT of an external system's broker")
  private String mqtt = "127.0.0.1:1883";

  @Option(names = "--live", description = "an external system's WebSocket")
  private URI live = URI.create("ws://127.0.0.1:8080/live");

  @Option(names = "--pid", description = "an external system's process, to tell what it uses")
  private @Nullable Long pid;

  @Option(names = "--mqtt-version", description = "3 or 5")
  private int mqttVersion = 5;

  @Option(
      names = "--up-command",
      arity = "1..*",
      description = "what runs the program, instead of this class path's")
  private @Nullable List<String> upCommand;

  @Option(names = "--json", description = "a file for every run's figures")
  private @Nullable Path json;

  @Override
  public Integer call() throws IOException, InterruptedException, TimeoutException {
    Load load = new Load(devices, rate, browsers, warmup, seconds);
    Progress progress = new Progress(System.err, Progress.onTerminal());
    Report report = new Report(load);
    try (FloorProcess floor = new FloorProcess()) {
      if (target.equals("up")) {
        progress.phase("starting `up`");
        try (UpProcess up = new UpProcess(upCommand())) {
          turns(load, progress, report, floor.target(), up.target(version()));
        }
      } else if (target.equals("external")) {
        turns(load, progress, report, floor.target(), external());
      } else {
        turns(load, progress, report, floor.target(), null);
      }
    }
    progress.line("");
    System.out.print(report.table());
    if (json != null) {
      report.writeJson(json);
    }
    return report.allCount() ? 0 : 1;
  }

  private void turns(
      Load load, Progress progress, Report report, Target floor, @Nullable Target system)
      throws TimeoutException {
    List<Target> targets = new ArrayList<>(List.of(floor));
    if (system != null) {
      targets.add(system);
    }
    for (int run = 1; run <= runs; run++) {
      for (Target each : targets) {
        progress.phase("run " + run + " of " + runs);
        Outcome outcome = new Run(each, load, progress).measure();
        report.add(each.name(), outcome);
        progress.line(report.line(each.name(), outcome));
      }
    }
  }

  private List<String> upCommand() {
    return upCommand == null ? Child.java("512m", "sightline.app.Main") : upCommand;
  }

  private Target.Sightline external() {
    int colon = mqtt.lastIndexOf(':');
    return new Target.Sightline(
        new InetSocketAddress(
            mqtt.substring(0, colon), Integer.parseInt(mqtt.substring(colon + 1))),
        new InetSocketAddress(live.getHost(), live.getPort() < 0 ? 80 : live.getPort()),
        live.getRawPath(),
        pid == null ? OptionalLong.empty() : OptionalLong.of(pid),
        version());
  }

  private MqttVersion version() {
    return mqttVersion == 5 ? MqttVersion.MQTT_5 : MqttVersion.MQTT_3_1_1;
  }
}

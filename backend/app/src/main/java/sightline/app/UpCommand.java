package sightline.app;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import sightline.config.Binder;

/** `sightline up`: every role in this process, until Ctrl-C. */
@Command(name = "up", description = "start everything on this machine")
final class UpCommand implements Callable<Integer> {
  private final Map<String, String> environment;
  private final EventLogs events;

  @Mixin private final SettingsOptions options = new SettingsOptions();

  @Option(names = "--port", paramLabel = "N", description = "of the map; 0: a free one")
  private @Nullable String port;

  @Option(names = "--mqtt-port", paramLabel = "N", description = "of devices; 0: a free one")
  private @Nullable String mqttPort;

  @Option(names = "--bind", paramLabel = "ADDRESS", description = "to listen on: loopback")
  private @Nullable String bind;

  @Option(names = "--simulate", paramLabel = "N", description = "so many units on real streets")
  private @Nullable String simulate;

  @Option(names = "--ready-file", paramLabel = "FILE", description = "written once all is ready")
  private @Nullable Path readyFile;

  UpCommand(Map<String, String> environment, EventLogs events) {
    this.environment = environment;
    this.events = events;
  }

  @Override
  public Integer call() throws InterruptedException {
    Signals signals = Signals.install();
    Settings settings = settings();
    check(settings);
    try (DataDirectory data = DataDirectory.open(options.data(environment));
        Embedded embedded = new Embedded(settings, data, events, signals)) {
      embedded.start();
      if (!signals.stopping()) {
        ready(embedded.endpoints());
      }
      signals.await();
      System.err.println("Stopping …");
    }
    return signals.exitCode();
  }

  private void ready(Endpoints endpoints) {
    if (readyFile != null) {
      ReadyFile.write(readyFile, endpoints);
    }
    System.out.print(endpoints.greeting());
    System.out.flush();
  }

  private Settings settings() {
    Binder<Settings> binder = options.binder(environment);
    flag(binder, "--port", "gateway.port", port);
    flag(binder, "--mqtt-port", "broker.port", mqttPort);
    flag(binder, "--bind", "gateway.bind", bind);
    flag(binder, "--bind", "broker.bind", bind);
    flag(binder, "--simulate", "simulator.units", simulate);
    return binder.bind().settings();
  }

  private static void check(Settings settings) {
    FreePort.checkLoopback(settings.broker().bind(), "--bind");
    FreePort.checkLoopback(settings.gateway().bind(), "--bind");
    FreePort.check("HTTP", settings.gateway().bind(), settings.gateway().port(), "--port");
    FreePort.check("MQTT", settings.broker().bind(), settings.broker().port(), "--mqtt-port");
  }

  private static void flag(
      Binder<Settings> binder, String name, String path, @Nullable String text) {
    if (text != null) {
      binder.flag(name, path, text);
    }
  }
}

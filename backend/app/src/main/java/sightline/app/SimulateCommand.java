package sightline.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import sightline.config.Binder;
import sightline.device.SpoolException;
import sightline.simulator.Fleet;

/** `sightline simulate`: a fleet in a process of its own, until Ctrl-C. */
@Command(name = "simulate", description = "drive a simulated fleet")
final class SimulateCommand implements Callable<Integer> {
  private static final Duration NOTICE_AFTER = Duration.ofSeconds(5);

  private final Map<String, String> environment;

  @Mixin private final SettingsOptions options = new SettingsOptions();

  @Parameters(paramLabel = "N", description = "how many units")
  private String units = "";

  @Option(names = "--mqtt", paramLabel = "URL", description = "the broker")
  private URI broker = URI.create("mqtt://127.0.0.1:1883");

  @Option(
      names = "--certs",
      paramLabel = "DIR",
      description = "for mqtts://: ca.crt, and devices/ID.crt and .key of each unit")
  private @Nullable Path certificates;

  @Option(names = "--seed", paramLabel = "S", description = "the same seed drives the same way")
  private @Nullable String seed;

  @Option(
      names = "--returning",
      paramLabel = "POSITIONS",
      description = "instead: units that were away come back with so many positions each")
  private int returning;

  @Option(names = "--stock", description = "with --returning: as stock devices, without the SDK")
  private boolean stock;

  @Option(names = "--api", paramLabel = "URL", description = "with --returning: of a gateway")
  private URI api = URI.create("http://127.0.0.1:8080");

  SimulateCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    SimulatorSettings settings = settings();
    if (settings.units() == 0) {
      throw new StartRefused("A fleet needs at least one unit: sightline simulate N.");
    }
    checkBroker();
    if (stock && returning <= 0) {
      throw new StartRefused("--stock goes with --returning POSITIONS.");
    }
    Signals signals = Signals.install();
    if (returning > 0) {
      return comeBack(settings.units(), signals);
    }
    try (Fleet fleet = new Fleet(settings.fleet(broker, certificates))) {
      fleet.start();
      System.out.printf(
          "%d units drive, and publish to %s. Ctrl-C stops them.%n", settings.units(), broker);
      if (!signals.await(NOTICE_AFTER) && fleet.counts().connects() == 0) {
        System.err.println(
            "sightline: No unit has reached "
                + broker
                + " yet; start Sightline there, or name its broker with --mqtt. They go on trying.");
      }
      signals.await();
    } catch (SpoolException | UncheckedIOException e) {
      throw new StartRefused("The simulated fleet can't start: " + e.getMessage() + ".");
    }
    return 0;
  }

  private int comeBack(int count, Signals signals) throws InterruptedException {
    if (certificates != null) {
      throw new StartRefused("--returning speaks plain mqtt:// alone.");
    }
    ReturningRun run = new ReturningRun(broker, api, count, returning);
    try {
      return stock ? run.asStock(signals) : run.withSdk(signals);
    } catch (IOException e) {
      throw new StartRefused("The returning fleet failed: " + e.getMessage() + ".");
    }
  }

  private SimulatorSettings settings() {
    Binder<Settings> binder =
        options.binder(environment).flag("simulate", "simulator.units", units);
    if (seed != null) {
      binder.flag("--seed", "simulator.seed", seed);
    }
    return binder.bind().settings().simulator();
  }

  private void checkBroker() {
    boolean tls = "mqtts".equals(broker.getScheme());
    if ((!tls && !"mqtt".equals(broker.getScheme()))
        || broker.getHost() == null
        || broker.getPort() < 1) {
      throw new StartRefused("--mqtt takes mqtt://HOST:PORT or mqtts://…, not " + broker + ".");
    }
    if (tls != (certificates != null)) {
      throw new StartRefused("--certs DIR goes with an mqtts:// broker, and it with --certs.");
    }
  }
}

package sightline.app;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import sightline.gateway.Beside;
import sightline.gateway.Gateway;
import sightline.history.DamagedFile;
import sightline.history.HistoryUnavailable;
import sightline.history.NewerSchema;
import sightline.history.Recorder;
import sightline.mqtt.MqttSettings;
import sightline.probe.BrokerFigures;
import sightline.probe.BrokerWatch;
import sightline.probe.Probe;
import sightline.redis.RedisBus;
import sightline.time.RoleClock;

/**
 * Roles in a process of their own, wired by hand over Redis, an MQTT broker and a store: what is
 * opened first is closed last. Opened and closed by the main thread.
 */
final class Running implements AutoCloseable {

  private final Set<Role> roles;
  private final Settings settings;
  private final Path data;
  private final EventLogs sqlite;
  private final Signals signals;
  private final Closing closing;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final RoleClock clock = Clocks.system(metrics);
  private final List<Supplier<List<String>>> notReady = new ArrayList<>();

  private int adminPort;
  private int httpPort;

  /** Nothing is opened yet. */
  Running(Set<Role> roles, Settings settings, Path data, EventLogs sqlite, Signals signals) {
    this.roles = roles;
    this.settings = settings;
    this.data = data;
    this.sqlite = sqlite;
    this.signals = signals;
    closing = new Closing(settings.app().closeWithin());
    closing.add("metrics", metrics::close);
    new JvmMemoryMetrics().bindTo(metrics);
    new JvmThreadMetrics().bindTo(metrics);
    new FileDescriptorMetrics().bindTo(metrics);
  }

  /**
   * Opens the roles; servers that are away are waited for by the roles themselves, and said at
   * {@code /readyz}.
   *
   * @throws StartRefused where one can't start
   */
  void start() {
    try {
      boolean stored = !roles.equals(Set.of(Role.PROBE));
      Stores stores = stored ? stores() : null;
      RedisBus bus =
          closing.add("bus", new RedisBus(settings.redis(), settings.app().streamPositions()));
      notReady.add(() -> bus.connected() ? List.of() : List.of("Redis does not answer"));
      if (stores != null) {
        storing(bus, stores);
      }
      if (roles.contains(Role.PROBE)) {
        probe(bus);
      }
      admin();
    } catch (NewerSchema | DamagedFile | HistoryUnavailable e) {
      throw new StartRefused(e.getMessage() + ".");
    } catch (UncheckedIOException e) {
      throw new StartRefused(e.getMessage() + ".");
    }
  }

  /** The port of metrics and health; once started. */
  int adminPort() {
    return adminPort;
  }

  /** The gateway's port; once started, 0 without that role. */
  int httpPort() {
    return httpPort;
  }

  private Stores stores() {
    Stores stores = Stores.open(settings, data, sqlite, clock);
    closing.add("event log", stores.events());
    closing.add("positions", stores.positions());
    return stores;
  }

  private void storing(RedisBus bus, Stores stores) {
    if (roles.contains(Role.RECORDER)) {
      recorder(bus, stores);
    }
    if (roles.contains(Role.BRIDGE)) {
      bridge(bus, stores);
    }
    if (roles.contains(Role.GATEWAY)) {
      gateway(bus, stores);
    }
  }

  private void probe(RedisBus bus) {
    Path key = settings.probe().keyFile();
    if (key == null) {
      throw new StartRefused("The probe needs probe.key-file, the same as its gateways'.");
    }
    SharedRounds rounds = new SharedRounds(bus.rounds(), settings.probe().keep());
    Probe probe = new Probe(ProbeKey.read(key), bus, bus::answers, rounds::add, metrics, clock);
    closing.add("probe", probe);
    probe.start(settings.probe());
    MqttSettings broker = settings.probe().broker();
    if (broker != null) {
      BrokerFigures figures = new BrokerFigures();
      BrokerMetrics.bind(figures, metrics);
      String id = "_sightline-watch-" + settings.probe().name();
      closing.add("broker watch", new BrokerWatch(broker, id, figures));
    }
  }

  /** Without a shared key there is no probe to be seen; the gateway's own warm-up has one. */
  private Beside beside(RedisBus bus, SharedGateways others) {
    Path key = settings.probe().keyFile();
    if (key == null) {
      return new Beside(ProbeKey.random(), Duration.ZERO, List::of, others::heard, data);
    }
    SharedRounds rounds = new SharedRounds(bus.rounds(), settings.probe().keep());
    return new Beside(
        ProbeKey.read(key), settings.probe().interval(), rounds::read, others::heard, data);
  }

  private void recorder(RedisBus bus, Stores stores) {
    Recorder recorder =
        new Recorder(
            bus,
            bus,
            stores.positions(),
            stores.events(),
            settings.history(),
            clock,
            metrics,
            () -> signals.fail("the recorder has stopped by a defect"));
    recorder.start();
    closing.add("recorder", recorder);
  }

  private void bridge(RedisBus bus, Stores stores) {
    LeasedBridge bridge =
        closing.add("bridge", new LeasedBridge(settings, bus, stores, metrics, clock, signals));
    notReady.add(bridge::notReady);
    bridge.start();
  }

  private void gateway(RedisBus bus, Stores stores) {
    SharedGateways others = new SharedGateways(bus.gateways(), settings.gateway().serverName());
    Gateway gateway =
        new Gateway(
            settings.gateway(),
            settings.access(),
            bus,
            bus,
            stores.events(),
            stores.positions(),
            metrics,
            metrics::scrape,
            List::of,
            clock,
            beside(bus, others),
            () -> signals.fail("the gateway has stopped by a defect"));
    closing.add("gateway", gateway);
    gateway.start();
    closing.add("gateways", others);
    others.start(gateway::clients);
    httpPort = gateway.port();
    notReady.add(gateway::notReady);
  }

  /** Opened last and closed first: who asks while it stops gets no answer, and that is one. */
  private void admin() {
    AdminServer admin =
        new AdminServer(
            settings.run().adminBind(),
            settings.run().adminPort(),
            metrics::scrape,
            signals::failure,
            () -> notReady.stream().flatMap(each -> each.get().stream()).toList());
    closing.add("admin port", admin);
    adminPort = admin.port();
  }

  @Override
  public void close() {
    closing.close();
  }
}

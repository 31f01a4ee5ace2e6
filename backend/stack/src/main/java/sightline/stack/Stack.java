package sightline.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import sightline.simulator.Fleet;

/**
 * The production path, wired by hand: servers, roles, Nginx, and a fleet where one is asked for.
 * Started by the main thread, closed by the one that handles signals.
 */
final class Stack implements AutoCloseable {
  private static final Duration SERVER_WITHIN = Duration.ofMinutes(1);
  private static final Duration ROLE_WITHIN = Duration.ofMinutes(2);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

  /** Writing down what was loaded takes longer than a stop. */
  private static final Duration REHEARSED_WITHIN = Duration.ofMinutes(2);

  private final StackPlan plan;
  private final Layout layout;
  private final Path file;
  private final Supervisor supervisor;

  private volatile boolean started;

  /** Nothing is started yet. */
  Stack(StackPlan plan, Layout layout) {
    this.plan = plan;
    this.layout = layout;
    this.file = layout.dir().resolve("stack.json");
    this.supervisor =
        new Supervisor(
            layout.dir().resolve("log"),
            layout.dir().resolve("hold"),
            plan.rehearsal() == null ? STOP_WITHIN : REHEARSED_WITHIN,
            plan.stepClocks() ? StepClocks.in(layout.dir()) : StepClocks.NONE,
            running -> StackFile.write(file, layout.certificates(), running));
  }

  /**
   * Starts all and waits until it is ready.
   *
   * @throws StackFailed where a server does not answer
   */
  void start() {
    Certificates.make(layout, Fleet.ids(plan.simulated()));
    String _ = layout.password("probe");
    Ports ports = Ports.take(9 + 2 * plan.gateways() + plan.bridges());
    int devices = ports.next();
    int bridge = ports.next();
    int plain = plan.plain() ? ports.next() : 0;
    int redis = ports.next();
    int postgres = ports.next();
    servers(devices, bridge, plain, redis, postgres);
    Roles roles = new Roles(layout, bridge, redis, postgres, plan.probeEvery());
    if (plan.rehearsal() != null) {
      rehearse(roles, ports, devices, plan.rehearsal());
      return;
    }
    List<Part> started = new ArrayList<>();
    started.add(roles.recorder(ports.next()));
    for (int n = 1; n <= plan.bridges(); n++) {
      started.add(roles.bridge(n, ports.next()));
    }
    List<Integer> gateways = new ArrayList<>();
    for (int n = 1; n <= plan.gateways(); n++) {
      gateways.add(ports.next());
      started.add(roles.gateway(n, gateways.getLast(), ports.next()));
    }
    started.forEach(supervisor::start);
    for (Part role : started) {
      awaitReady(role);
    }
    int front = ports.next();
    startServer(Nginx.part(layout, front, plain == 0 ? 0 : ports.next(), gateways), front);
    Part probe = roles.probe(devices, front, plan.gateways(), ports.next());
    supervisor.start(probe);
    awaitReady(probe);
    if (plan.simulated() > 0) {
      supervisor.start(roles.fleet(plan.simulated(), devices));
    }
    this.started = true;
    System.out.print(greeting(front, devices, plain));
    System.out.flush();
  }

  private void rehearse(Roles roles, Ports ports, int devices, Path cache) {
    int http = ports.next();
    int front = ports.next();
    Part all = roles.rehearsal(http, devices, front, ports.next(), cache);
    supervisor.start(all);
    awaitReady(all);
    startServer(Nginx.part(layout, front, 0, List.of(http)), front);
    if (!Answers.says(
        all.known().get("admin") + "/metrics", "sightline_probe_latency_seconds", ROLE_WITHIN)) {
      throw new StackFailed(
          "the rehearsal's probe measured nothing; see " + layout.dir() + "/log.");
    }
    started = true;
  }

  private void servers(int devices, int bridge, int plain, int redis, int postgres) {
    Part database = Postgres.part(layout, postgres);
    supervisor.start(database);
    startServer(Mosquitto.part(layout, devices, bridge, plain), devices);
    startServer(Redis.part(layout, redis), redis);
    awaitPort(database, postgres);
    Postgres.makeDatabase(layout, postgres);
  }

  private void startServer(Part part, int port) {
    supervisor.start(part);
    awaitPort(part, port);
  }

  private void awaitPort(Part part, int port) {
    if (!Answers.port(port, SERVER_WITHIN)) {
      throw new StackFailed(
          "%s does not answer after %d s; see %s/log/%s.log."
              .formatted(part.name(), SERVER_WITHIN.toSeconds(), layout.dir(), part.name()));
    }
  }

  private void awaitReady(Part role) {
    if (!Answers.ready(role.known().get("admin") + "/readyz", ROLE_WITHIN)) {
      throw new StackFailed(
          "%s is not ready after %d s; see %s/log/%s.log."
              .formatted(role.name(), ROLE_WITHIN.toSeconds(), layout.dir(), role.name()));
    }
  }

  private String greeting(int front, int devices, int plain) {
    Path certs = layout.certificates();
    String trial = Certificates.TRIAL_DEVICE;
    StringBuilder text = new StringBuilder("\n").append(StackFile.table(supervisor.running()));
    text.append(
        "\nMap      https://localhost:%d/   (its CA is %s/ca.crt)%n".formatted(front, certs));
    text.append("Parts    %s%n".formatted(file));
    text.append(
        "A unit   mosquitto_pub -h 127.0.0.1 -p %d --cafile \"%s/ca.crt\" --cert \"%s/devices/%s.crt\" --key \"%s/devices/%s.key\" -t devices/%s/location -m '{\"timestamp\":'$(date +%%s%%3N)',\"lat\":47.141,\"lon\":9.521}'%n"
            .formatted(devices, certs, certs, trial, certs, trial, trial));
    if (plain > 0) {
      text.append("All      mosquitto_sub -p %d -v -t 'fleet/+/location'%n".formatted(plain));
    }
    return text.append("\nCtrl-C stops it all.\n").toString();
  }

  /** Whether it is closed before it was ready. */
  boolean failed() {
    return !started;
  }

  @Override
  public void close() {
    supervisor.close();
    try {
      Files.deleteIfExists(file);
      layout.lock().acquiredBy().close();
    } catch (IOException e) {
      System.err.println("sightline: " + file + " can't be removed: " + e.getMessage());
    }
  }
}

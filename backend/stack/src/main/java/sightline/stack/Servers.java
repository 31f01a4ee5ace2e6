package sightline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The servers as they are shipped, without our roles: for whoever runs single roles beside them.
 * For one thread.
 */
public final class Servers implements AutoCloseable {
  private static final Duration WITHIN = Duration.ofMinutes(1);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(20);

  private final Layout layout;
  private final Supervisor supervisor;
  private final int devices;
  private final int bridge;
  private final int plain;
  private final int redis;
  private final int postgres;

  private Servers(Layout layout, Supervisor supervisor, Ports ports) {
    this.layout = layout;
    this.supervisor = supervisor;
    devices = ports.next();
    bridge = ports.next();
    plain = ports.next();
    redis = ports.next();
    postgres = ports.next();
  }

  /**
   * Starts broker, bus and database, and waits until each answers.
   *
   * @param root of the program
   * @param dir where everything is kept, a folder that everybody can get to
   * @throws StackFailed where one does not answer
   */
  public static Servers start(Path root, Path dir) {
    Layout layout = Layout.make(root, dir);
    Supervisor supervisor =
        new Supervisor(
            dir.resolve("log"), dir.resolve("hold"), STOP_WITHIN, StepClocks.NONE, _ -> {});
    Servers servers = new Servers(layout, supervisor, Ports.take(5));
    try {
      Certificates.make(layout, List.of());
      servers.launch();
      return servers;
    } catch (StackFailed e) {
      servers.close();
      throw e;
    }
  }

  private void launch() {
    supervisor.start(Postgres.part(layout, postgres));
    supervisor.start(Mosquitto.part(layout, devices, bridge, plain));
    supervisor.start(Redis.part(layout, redis));
    for (int port : List.of(devices, redis, postgres)) {
      if (!Answers.port(port, WITHIN)) {
        throw new StackFailed("a server does not answer; see " + layout.dir() + "/log.");
      }
    }
    Postgres.makeDatabase(layout, postgres);
  }

  /** The bus's address. */
  public String redis() {
    return "redis://127.0.0.1:" + redis;
  }

  /** Its password's file. */
  public Path redisPassword() {
    return layout.settings("redis.password");
  }

  /** The address of a database of that server. */
  public String postgres(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres, database);
  }

  /** The database, whose owner has the same name. */
  public String database() {
    return Postgres.NAME;
  }

  /** Its owner's password's file. */
  public Path postgresPassword() {
    return layout.settings("postgres.password");
  }

  /** The broker's listener for the bridge, with TLS. */
  public String bridge() {
    return "mqtts://127.0.0.1:" + bridge;
  }

  /** The broker's listener for devices without certificates. */
  public String plain() {
    return "mqtt://127.0.0.1:" + plain;
  }

  /** The folder with `ca.crt`, `bridge.crt` and `bridge.key`. */
  public Path certificates() {
    return layout.certificates();
  }

  @Override
  public void close() {
    supervisor.close();
    try {
      layout.lock().acquiredBy().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

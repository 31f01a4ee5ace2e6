package sightline.drill;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import sightline.drill.mutants.Addresses;
import sightline.stack.Servers;

/** Broker, bus and database for trials, each of which has names of its own. For one thread. */
final class TrialServers implements AutoCloseable {
  private final Servers servers;
  private int trials;

  /** In a folder that the servers' users can get to. */
  TrialServers(Path folder) {
    Path root = Path.of(System.getProperty("sightline.root", ".")).toAbsolutePath().normalize();
    servers = Servers.start(root, folder);
  }

  /** An empty bus and an empty database. */
  Addresses fresh() throws SQLException, IOException {
    String name = "trial_" + ++trials;
    try (Connection connection = TrialHistory.open(at(servers.database()));
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    return at(name);
  }

  /** Where devices reach the broker. */
  URI devices() {
    return URI.create(servers.plain());
  }

  private Addresses at(String name) {
    return new Addresses(
        servers.redis(),
        servers.redisPassword(),
        name,
        servers.postgres(name),
        servers.database(),
        servers.postgresPassword(),
        servers.bridge(),
        servers.certificates());
  }

  @Override
  public void close() {
    servers.close();
  }
}

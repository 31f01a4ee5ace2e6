package sightline.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** History's server as it is shipped. Stateless. */
final class Postgres {
  /** Both the database's name and its owner's. */
  static final String NAME = "sightline";

  private static final String USER = "postgres";

  private Postgres() {}

  /** Makes the cluster where there is none, and writes its configuration. */
  static Part part(Layout layout, int port) {
    Path folder = layout.server("postgres");
    Path cluster = folder.resolve("cluster");
    String password = layout.password("postgres");
    if (!Files.exists(cluster.resolve("PG_VERSION"))) {
      make(layout, folder, cluster, password);
    }
    Shipped.read(layout.shipped("postgresql.conf")).to(folder.resolve("sightline.conf"));
    layout.give(folder, Layout.user(USER));
    return new Part(
        "postgres",
        Part.SERVER,
        List.of(
            programs().resolve("postgres").toString(),
            "-D",
            cluster.toString(),
            "-p",
            String.valueOf(port),
            "-k",
            ""),
        folder,
        Layout.user(USER),
        // Fast: whoever is connected is sent away. SIGTERM would wait for them.
        "INT",
        Map.of("url", "postgres://%s:%s@127.0.0.1:%d/%s".formatted(NAME, password, port, NAME)));
  }

  private static void make(Layout layout, Path folder, Path cluster, String password) {
    Path file = folder.resolve("password");
    Layout.write(file, password + "\n");
    layout.give(folder, Layout.user(USER));
    List<String> command = new ArrayList<>(Spawn.as(Layout.user(USER)));
    command.addAll(
        List.of(
            programs().resolve("initdb").toString(),
            "-D",
            cluster.toString(),
            "-U",
            NAME,
            "-A",
            "scram-sha-256",
            "--pwfile=" + file,
            "-E",
            "UTF8",
            "--locale=C"));
    Commands.run(folder, Map.of(), command);
    try {
      Files.writeString(
          cluster.resolve("postgresql.conf"),
          "\ninclude '" + folder.resolve("sightline.conf") + "'\n",
          StandardOpenOption.APPEND);
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes the database where there is none; the server answers. */
  static void makeDatabase(Layout layout, int port) {
    Path script = layout.settings("database.sql");
    Layout.write(
        script,
        "SELECT 'CREATE DATABASE %1$s' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '%1$s')\n\\gexec\n"
            .formatted(NAME));
    List<String> psql =
        List.of(
            programs().resolve("psql").toString(),
            "-h",
            "127.0.0.1",
            "-p",
            String.valueOf(port),
            "-U",
            NAME,
            "-d",
            "postgres",
            "-q",
            "-v",
            "ON_ERROR_STOP=1",
            "-f",
            script.toString());
    Commands.run(layout.dir(), Map.of("PGPASSWORD", layout.password("postgres")), psql);
  }

  /** The newest PostgreSQL that is installed. */
  private static Path programs() {
    Path all = Path.of("/usr/lib/postgresql");
    try (Stream<Path> versions = Files.list(all)) {
      return versions
          .max(Comparator.comparingInt(each -> Integer.parseInt(each.getFileName().toString())))
          .orElseThrow(() -> new StackFailed("there is no PostgreSQL under " + all + "."))
          .resolve("bin");
    } catch (IOException e) {
      throw new StackFailed("there is no PostgreSQL under " + all + ".");
    }
  }
}

package sightline.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL on a free port, its cluster in a temporary directory; as root it runs as the
 * user postgres. Syncs as in production, so that a kill shows what is kept. For one thread.
 */
final class PostgresServer implements AutoCloseable {
  private static final Duration MOST = Duration.ofSeconds(60);
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Path directory;
  private final Path programs;
  private final int port;
  private Process process;

  private PostgresServer(Path directory, Path programs, int port, Process process) {
    this.directory = directory;
    this.programs = programs;
    this.port = port;
    this.process = process;
  }

  /** Makes a cluster and starts its server. */
  static PostgresServer start(String... options) {
    try {
      Path programs = programs();
      Path directory = Files.createTempDirectory("sightline-postgres-");
      if (isRoot()) {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        run(directory, List.of("chown", "postgres", directory.toString()));
      }
      List<String> make =
          asServer(programs.resolve("initdb"), "-A", "trust", "-U", "sightline", "-E", "UTF8");
      make.addAll(
          List.of("--locale=C", "--no-sync", "-D", directory.resolve("cluster").toString()));
      run(directory, make);
      int port = freePort();
      Process process = launch(programs, directory, port, options);
      PostgresServer server = new PostgresServer(directory, programs, port, process);
      server.awaitAnswer();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The settings of a new, empty database. */
  PostgresSettings newDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    execute("postgres", "CREATE DATABASE " + name);
    return settings(name);
  }

  /** The settings of a database. */
  PostgresSettings settings(String database) {
    return new PostgresSettings(
        url(database), "sightline", null, Duration.ofSeconds(2), Duration.ofSeconds(20));
  }

  /** Runs a statement in a database. */
  void execute(String database, String sql) {
    try (Connection connection = DriverManager.getConnection(url(database), "sightline", "");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A number that a query answers. */
  long number(PostgresSettings settings, String sql) {
    try (Connection connection = DriverManager.getConnection(settings.url(), "sightline", "");
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The first column of what a query answers. */
  List<String> text(PostgresSettings settings, String sql) {
    List<String> found = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(settings.url(), "sightline", "");
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      while (row.next()) {
        found.add(row.getString(1));
      }
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** kill -9 of the postmaster and what it started, as a crash of the machine's memory has it. */
  void kill() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    try {
      process.waitFor();
      for (ProcessHandle child : children) {
        child.onExit().get(20, TimeUnit.SECONDS);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts it again where it was. */
  void startAgain() {
    try {
      process = launch(programs, directory, port);
      awaitAnswer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      // SIGQUIT is its immediate shutdown: what it held goes with its directory.
      run(directory, List.of("kill", "-QUIT", String.valueOf(process.pid())));
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        kill();
      }
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private void awaitAnswer() {
    long deadline = System.nanoTime() + MOST.toNanos();
    while (true) {
      try {
        DriverManager.getConnection(url("postgres"), "sightline", "").close();
        return;
      } catch (SQLException e) {
        if (!process.isAlive() || System.nanoTime() - deadline > 0) {
          throw new IllegalStateException("PostgreSQL did not start, see " + directory, e);
        }
        LockSupport.parkNanos(10_000_000);
      }
    }
  }

  private static Process launch(Path programs, Path directory, int port, String... options)
      throws IOException {
    List<String> command =
        asServer(
            programs.resolve("postgres"),
            "-D",
            directory.resolve("cluster").toString(),
            "-p",
            String.valueOf(port),
            "-h",
            "127.0.0.1",
            "-k",
            "");
    for (String option : options) {
      command.addAll(List.of("-c", option));
    }
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** Debian's newest, or those of the folder that {@code SIGHTLINE_TEST_POSTGRES} names. */
  private static Path programs() throws IOException {
    @Nullable String chosen = System.getenv("SIGHTLINE_TEST_POSTGRES");
    if (chosen != null) {
      return Path.of(chosen);
    }
    Path all = Path.of("/usr/lib/postgresql");
    try (Stream<Path> versions = Files.list(all)) {
      return versions
          .max(Comparator.comparingInt(each -> Integer.parseInt(each.getFileName().toString())))
          .orElseThrow(() -> new IOException("no PostgreSQL under " + all))
          .resolve("bin");
    }
  }

  private static List<String> asServer(Path program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot()) {
      command.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"));
    }
    command.add(program.toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void run(Path directory, List<String> command) throws IOException {
    Process child =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (child.waitFor() != 0) {
        throw new IOException(command + ": " + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}

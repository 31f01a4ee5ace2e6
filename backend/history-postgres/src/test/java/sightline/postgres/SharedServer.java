package sightline.postgres;

/**
 * One server for all tests of this JVM, stopped at its end; each test has a database of its own.
 */
final class SharedServer {
  private static final PostgresServer SERVER = start();

  private SharedServer() {}

  static PostgresServer get() {
    return SERVER;
  }

  private static PostgresServer start() {
    PostgresServer server = PostgresServer.start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop-postgres"));
    return server;
  }
}

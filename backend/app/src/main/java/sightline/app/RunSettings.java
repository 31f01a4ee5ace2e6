package sightline.app;

/**
 * Of a process that `run` starts. Immutable.
 *
 * @param history where history is: in PostgreSQL, as `postgres` says, or in SQLite in the data
 *     directory, for trials on one machine
 * @param adminBind the address of `/metrics`, `/healthz` and `/readyz`: loopback
 * @param adminPort their TCP port, 0 for any free one
 */
record RunSettings(Store history, String adminBind, int adminPort) {
  /** A kind of store. */
  enum Store {
    /** Files in the data directory. */
    SQLITE,
    /** A database that all processes share. */
    POSTGRES
  }

  /** What holds where nothing is set. */
  public static final RunSettings DEFAULT = new RunSettings(Store.SQLITE, "127.0.0.1", 8081);

  RunSettings {
    if (adminPort < 0 || adminPort > 65_535) {
      throw new IllegalArgumentException("admin-port must be from 0 to 65535, not " + adminPort);
    }
  }
}

package sightline.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated fleet is like. Immutable, for any thread.
 *
 * @param size units; of ten, seven vehicles, two cameras, a sensor
 * @param seed of all movement and happenings
 * @param broker {@code mqtt://host:port}, or {@code mqtts://host:port} with certificates
 * @param certificates a directory with {@code ca.crt} and, for each unit, {@code devices/ID.crt}
 *     and {@code devices/ID.key}; null: without TLS
 * @param interval between two positions of a unit that moves
 * @param spoolDirectory where events wait for their answer, a directory a unit; null: in memory, so
 *     that they end with the process
 * @param connectWithin the first unit connects at once, the last after this
 * @param criticalEvery how often, on average over the fleet, there is a critical event; others are
 *     15 times as frequent
 */
public record FleetSettings(
    int size,
    long seed,
    URI broker,
    @Nullable Path certificates,
    Duration interval,
    @Nullable Path spoolDirectory,
    Duration connectWithin,
    Duration criticalEvery) {

  /**
   * What holds where nothing is said: 500 ms, in memory, connected within 3 s, an alarm in 3 min.
   */
  public static FleetSettings of(int size, long seed, URI broker) {
    return of(size, seed, broker, null);
  }

  /** The same, each unit with a certificate of its own, as {@link #certificates} says. */
  public static FleetSettings of(int size, long seed, URI broker, @Nullable Path certificates) {
    return new FleetSettings(
        size,
        seed,
        broker,
        certificates,
        Duration.ofMillis(500),
        null,
        Duration.ofSeconds(3),
        Duration.ofMinutes(3));
  }

  /**
   * @throws IllegalArgumentException when something is out of its range
   */
  public FleetSettings {
    check(size >= 1 && size <= 20_000, "a fleet has 1 to 20,000 units");
    check(
        "mqtts".equals(broker.getScheme()) == (certificates != null),
        "units need certificates for mqtts:// and have none for mqtt://");
    check(interval.toMillis() >= 50, "units report at most every 50 ms");
    check(!connectWithin.isNegative(), "units can't connect before the start");
    check(criticalEvery.toMillis() >= 100, "critical events come at most every 100 ms");
  }

  /** With events on disk. */
  public FleetSettings spoolIn(Path directory) {
    return new FleetSettings(
        size, seed, broker, certificates, interval, directory, connectWithin, criticalEvery);
  }

  public FleetSettings every(Duration newInterval) {
    return new FleetSettings(
        size,
        seed,
        broker,
        certificates,
        newInterval,
        spoolDirectory,
        connectWithin,
        criticalEvery);
  }

  public FleetSettings connectedWithin(Duration newConnectWithin) {
    return new FleetSettings(
        size,
        seed,
        broker,
        certificates,
        interval,
        spoolDirectory,
        newConnectWithin,
        criticalEvery);
  }

  public FleetSettings criticalEvery(Duration newCriticalEvery) {
    return new FleetSettings(
        size,
        seed,
        broker,
        certificates,
        interval,
        spoolDirectory,
        connectWithin,
        newCriticalEvery);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}

package sightline.app;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import sightline.simulator.FleetSettings;

/**
 * Settings of the simulated fleet. Immutable.
 *
 * @param units on the streets; 0: none
 * @param seed of all movement and happenings
 * @param interval between two positions of a unit that moves
 */
record SimulatorSettings(int units, long seed, Duration interval) {
  /** No simulated unit. */
  public static final SimulatorSettings DEFAULT =
      new SimulatorSettings(0, 1, Duration.ofMillis(500));

  SimulatorSettings {
    if (units < 0 || units > 20_000) {
      throw new IllegalArgumentException("units must be from 0 to 20000, not " + units);
    }
    if (interval.toMillis() < 50 || interval.toHours() > 24) {
      throw new IllegalArgumentException("interval must be from 50ms to 24h");
    }
  }

  /**
   * A fleet that talks to a broker.
   *
   * @param certificates of the units, for {@code mqtts://} and for it alone
   */
  FleetSettings fleet(URI broker, @Nullable Path certificates) {
    return FleetSettings.of(units, seed, broker, certificates).every(interval);
  }
}

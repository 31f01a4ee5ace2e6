package sightline.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import sightline.device.Device;
import sightline.device.DeviceExecutor;
import sightline.device.Location;
import sightline.device.Spool;
import sightline.device.SpoolException;

/**
 * Units that were away for long and come back with all the positions of that time, by the SDK, kept
 * on disk. Owned by one thread.
 */
public final class ReturningFleet implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofDays(20);
  private static final long STEP_MILLIS = 1_000;

  private final int positions;
  private final DeviceExecutor executor = new DeviceExecutor("returning", 1);
  private final List<Device> devices;

  /**
   * Away until {@link #comeBack}.
   *
   * @param positions of each unit
   * @param directory for their spools
   */
  public ReturningFleet(URI broker, int units, int positions, Path directory) {
    this.positions = positions;
    devices = IntStream.rangeClosed(1, units).mapToObj(i -> unit(i, broker, directory)).toList();
  }

  /** The id of a unit, from 1. */
  public static String id(int unit) {
    return "returning-" + unit;
  }

  private Device unit(int unit, URI broker, Path directory) {
    return Device.builder(id(unit))
        .broker(broker)
        .executor(executor)
        .backlogPositions(positions + 1)
        .spool(Spool.onDisk(directory.resolve(id(unit))))
        .build();
  }

  /** Takes all positions of the time away, the newest a second before now. */
  public void keepAway() {
    long step = Math.min(STEP_MILLIS, LONGEST.toMillis() / positions);
    long start = System.currentTimeMillis() - step * positions;
    for (Device device : devices) {
      for (int i = 0; i < positions; i++) {
        double along = i * 1e-6;
        device.report(
            Location.at(47.1 + along % 0.1, 9.5)
                .moving(0, 10)
                .accurateTo(5)
                .takenAt(start + step * i));
      }
    }
  }

  /**
   * Connects all at once.
   *
   * @throws SpoolException when a spool can't be used
   */
  public void comeBack() throws SpoolException {
    for (Device device : devices) {
      device.start();
    }
  }

  /** How many positions all units had to send. */
  public long kept() {
    return (long) devices.size() * positions;
  }

  /** How many are answered as recorded. */
  public long recorded() {
    return devices.stream().mapToLong(device -> device.stats().positionsFromBacklog()).sum();
  }

  /** Whether nothing waits any more. */
  public boolean drained() {
    return devices.stream().allMatch(device -> device.stats().positionsWaiting() == 0);
  }

  /** Positions that are not answered as recorded, by unit; empty where none is missed. */
  public Map<String, Long> missed() {
    Map<String, Long> missed = new LinkedHashMap<>();
    for (Device device : devices) {
      long lacks = positions - device.stats().positionsFromBacklog();
      if (lacks != 0) {
        missed.put(device.id(), lacks);
      }
    }
    return missed;
  }

  @Override
  public void close() {
    CompletableFuture.allOf(
            devices.stream().map(Device::closeAsync).toArray(CompletableFuture<?>[]::new))
        .orTimeout(5, TimeUnit.SECONDS)
        .exceptionally(late -> null)
        .join();
    executor.close();
  }
}

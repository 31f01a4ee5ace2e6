package sightline.simulator;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import sightline.device.Device;
import sightline.device.DeviceExecutor;
import sightline.device.Event;
import sightline.device.Spool;
import sightline.device.SpoolException;
import sightline.device.SpoolLimits;

/** A unit and its device. Owned by the fleet's thread, but for {@link #device}. */
final class FleetMember {
  private static final int BACKLOG_POSITIONS = 600;
  private static final SpoolLimits SPOOL = new SpoolLimits(1_000, 1 << 20);

  private final Unit unit;
  private final Device device;
  private final EventWriter events;
  private boolean started;
  private boolean covered = true;

  FleetMember(
      Unit unit,
      URI broker,
      FleetCertificates certificates,
      @Nullable Path spoolDirectory,
      DeviceExecutor executor,
      EventWriter events) {
    this.unit = unit;
    this.events = events;
    Spool spool =
        spoolDirectory == null
            ? Spool.inMemory(SPOOL)
            : Spool.onDisk(spoolDirectory.resolve(unit.id()), SPOOL);
    device =
        certificates
            .given(Device.builder(unit.id()), unit.id())
            .broker(broker)
            .kind(unit.kind())
            .name(unit.name())
            .firmware("simulator")
            .spool(spool)
            .executor(executor)
            .backlogPositions(BACKLOG_POSITIONS)
            .build();
  }

  Device device() {
    return device;
  }

  /**
   * Connects, the first time that it is called.
   *
   * @throws SpoolException when the spool can't be used
   */
  void connect() throws SpoolException {
    if (!started) {
      started = true;
      device.report(unit.status());
      device.start();
    }
  }

  /** Passes time, and reports what came of it as of a time (epoch milliseconds). */
  void advance(double seconds, long millis) {
    unit.advance(seconds);
    if (!started) {
      return;
    }
    if (unit.covered() != covered) {
      covered = !covered;
      if (covered) {
        device.comeBack();
      } else {
        device.goDark();
      }
    }
    if (unit.reports()) {
      device.report(unit.location().takenAt(millis));
    }
    device.report(unit.status());
    for (Event event : unit.takeEvents()) {
      events.write(device, event.happenedAt(millis));
    }
  }
}

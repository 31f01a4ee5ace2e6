package sightline.bus;

import java.util.ArrayList;
import java.util.List;
import sightline.protocol.DeviceEvent;
import sightline.protocol.LogEntry;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** Messages for tests. Stateless. */
public final class BusSamples {
  private BusSamples() {}

  /** A position of a device at a time, epoch ms. */
  public static Position position(String device, long millis) {
    return new Position(
        device, new Order(millis, 0), millis + 7, millis, false, 47.1, 9.5, 90, 13.9, 5, 460);
  }

  /** Positions of a device at consecutive times. */
  public static List<Position> positions(String device, long firstMillis, int count) {
    List<Position> positions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      positions.add(position(device, firstMillis + i));
    }
    return positions;
  }

  /** A device as of a time, epoch ms. */
  public static DeviceRecord device(String id, long millis) {
    Position position = position(id, millis);
    return new DeviceRecord(
        id, position, true, null, millis, millis, 500, 81, null, "b2", "vehicle", "Unit", "4.2");
  }

  /** A batch of the epoch {@code e} under token 1. */
  public static BusMessage.Batch batch(long number, DeviceRecord... devices) {
    return new BusMessage.Batch("e", 1, number, List.of(devices));
  }

  /** An event with a null and a NaN. */
  public static DeviceEvent event(String device, String id) {
    return new DeviceEvent(
        device, id, 5, 6, "alert", "critical", null, Double.NaN, Double.NaN, "{\"a\":1}");
  }

  /** The entry of such an event. */
  public static LogEntry.Recorded recorded(long seq, String device, String id) {
    return new LogEntry.Recorded(seq, event(device, id));
  }
}

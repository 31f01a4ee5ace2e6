package sightline.history;

import java.util.ArrayList;
import java.util.List;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;
import sightline.protocol.Order;
import sightline.protocol.Position;

/** Events and positions for tests. Stateless. */
public final class Samples {
  /** A moment that the samples are near, epoch ms: a midnight UTC. */
  public static final long MIDNIGHT = 1_767_225_600_000L;

  private Samples() {}

  /** An event with every field. */
  public static DeviceEvent event(String device, String id) {
    return new DeviceEvent(
        device, id, MIDNIGHT, MIDNIGHT + 5, "alert", "warning", "Door open", 47.1, 9.5, "{}");
  }

  /** An event of a type and a severity, at a time that is both the device's and received. */
  public static DeviceEvent event(
      String device, String id, String type, String severity, long millis) {
    return new DeviceEvent(
        device, id, millis, millis, type, severity, null, Double.NaN, Double.NaN, null);
  }

  /** Events {@code prefix-0…} of a device. */
  public static List<DeviceEvent> events(String device, String prefix, int count) {
    List<DeviceEvent> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(event(device, prefix + "-" + i));
    }
    return events;
  }

  /** The ids of what was recorded, in order. */
  public static List<String> ids(List<? extends LogEntry> entries) {
    return entries.stream().map(LogEntry::key).map(EventKey::event).toList();
  }

  /** The numbers of entries, in order. */
  public static List<Long> seqs(List<? extends LogEntry> entries) {
    return entries.stream().map(LogEntry::seq).toList();
  }

  /** A position with every field. */
  public static Position position(String device, long millis, long seq) {
    return new Position(
        device, new Order(millis, seq), millis + 40, millis, false, 47.1, 9.5, 90.5, 13.9, 5, 460);
  }
}

package sightline.gateway;

import java.util.List;
import java.util.Objects;
import sightline.bus.DeviceRecord;
import sightline.protocol.DeviceState;
import sightline.protocol.DeviceView;
import sightline.protocol.Position;
import sightline.protocol.StateRule;

/** Computes what a browser sees of a device, the one place where its state is made. Any thread. */
final class DeviceViews {
  private DeviceViews() {}

  static DeviceView of(
      DeviceRecord record, StateRule rule, List<String> groups, boolean alarm, long nowMillis) {
    Position position = record.position();
    double speed = position == null ? Double.NaN : position.speed();
    DeviceState state =
        rule.state(
            record.online(), nowMillis - record.lastSeen(), record.usualIntervalMillis(), speed);
    return new DeviceView(
        record.id(),
        position == null ? record.statusReceived() : position.order().millis(),
        position == null ? record.statusReceived() : position.received(),
        record.name(),
        record.kind(),
        groups,
        state,
        alarm,
        position != null && position.skewed(),
        position == null ? Double.NaN : position.lat(),
        position == null ? Double.NaN : position.lon(),
        position == null ? Double.NaN : position.heading(),
        speed,
        position == null ? Double.NaN : position.accuracy(),
        position == null ? Double.NaN : position.altitude(),
        record.battery(),
        record.signal());
  }

  /** When it turns stale if it stays silent, epoch ms. */
  static long staleAtMillis(DeviceRecord record, StateRule rule) {
    return record.online()
        ? record.lastSeen() + rule.staleAfterMillis(record.usualIntervalMillis())
        : Long.MAX_VALUE;
  }

  /** The bits of the fields that differ. */
  static int differing(DeviceView a, DeviceView b) {
    int fields = 0;
    if (a.timestamp() != b.timestamp()
        || a.received() != b.received()
        || differ(a.lat(), b.lat())
        || differ(a.lon(), b.lon())
        || differ(a.heading(), b.heading())
        || differ(a.speed(), b.speed())) {
      fields |= Double.isNaN(b.lat()) ? DeviceView.RECEIVED : DeviceView.POSITION;
    }
    if (differ(a.accuracy(), b.accuracy()) || differ(a.altitude(), b.altitude())) {
      fields |= DeviceView.POSITION | DeviceView.EXTENT;
    }
    fields |= Objects.equals(a.name(), b.name()) ? 0 : DeviceView.NAME;
    fields |= Objects.equals(a.kind(), b.kind()) ? 0 : DeviceView.KIND;
    fields |= a.groups().equals(b.groups()) ? 0 : DeviceView.GROUPS;
    fields |= a.state() == b.state() ? 0 : DeviceView.STATE;
    fields |= a.alarm() == b.alarm() ? 0 : DeviceView.ALARM;
    fields |= a.skewed() == b.skewed() ? 0 : DeviceView.SKEWED;
    fields |= Objects.equals(a.battery(), b.battery()) ? 0 : DeviceView.BATTERY;
    fields |= Objects.equals(a.signal(), b.signal()) ? 0 : DeviceView.SIGNAL;
    return fields;
  }

  private static boolean differ(double a, double b) {
    return Double.compare(a, b) != 0;
  }
}

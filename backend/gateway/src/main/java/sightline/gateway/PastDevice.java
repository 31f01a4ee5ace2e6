package sightline.gateway;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.bus.DeviceRecord;
import sightline.protocol.DeviceView;
import sightline.protocol.Position;
import sightline.protocol.StateRule;

/** A device as it was at the moment that a replay shows. Owned by the replay's thread. */
final class PastDevice {
  private static final double WEIGHT = 1.0 / 8;

  final StateRule rule;
  private final DeviceIdentity today;
  private Position position;
  private double usualIntervalMillis;
  private @Nullable DeviceView told;

  PastDevice(Position position, DeviceIdentity today, StateRule rule) {
    this.position = position;
    this.today = today;
    this.rule = rule;
    usualIntervalMillis = today.usualIntervalMillis();
  }

  /** Takes a position that is newer. */
  void move(Position newer) {
    long gap = newer.order().millis() - position.order().millis();
    usualIntervalMillis += usualIntervalMillis == 0 ? gap : (gap - usualIntervalMillis) * WEIGHT;
    position = newer;
  }

  /** When it turns stale if it stays silent, epoch ms. */
  long staleAtMillis() {
    return position.order().millis() + rule.staleAfterMillis((long) usualIntervalMillis);
  }

  /** How it looks at a moment. */
  DeviceView view(boolean alarm, long millis) {
    long seen = position.order().millis();
    DeviceRecord record =
        new DeviceRecord(
            position.device(),
            position,
            true,
            null,
            seen,
            seen,
            (long) usualIntervalMillis,
            null,
            null,
            null,
            today.kind(),
            today.name(),
            null);
    return DeviceViews.of(record, rule, today.groups(), alarm, millis);
  }

  /** The bits of what differs from what was told last; from now on that is this. */
  int tell(DeviceView now) {
    int fields = told == null ? DeviceView.ALL : DeviceViews.differing(told, now);
    told = now;
    return fields;
  }

  /**
   * What history does not keep of a device, as it is today. Immutable.
   *
   * @param groups the groups that it belongs to
   * @param usualIntervalMillis the moving mean of the gaps between its publishes, 0 where unknown
   */
  record DeviceIdentity(
      @Nullable String kind, @Nullable String name, List<String> groups, long usualIntervalMillis) {
    static final DeviceIdentity UNKNOWN = new DeviceIdentity(null, null, List.of(), 0);
  }
}

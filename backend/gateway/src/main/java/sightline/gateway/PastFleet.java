package sightline.gateway;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import sightline.gateway.PastDevice.DeviceIdentity;
import sightline.protocol.DeviceEvent;
import sightline.protocol.DeviceView;
import sightline.protocol.Limits;
import sightline.protocol.LogEntry;
import sightline.protocol.Position;
import sightline.protocol.ServerMessage;
import sightline.protocol.StateRule;

/** All that a replay shows at its moment, and what of it has changed. Owned by its thread. */
final class PastFleet {
  private final Predicate<String> shown;
  private final Map<String, DeviceIdentity> today;
  private final Function<@Nullable String, StateRule> rules;
  private final Map<String, PastDevice> devices = new TreeMap<>();
  private final Alarms alarms = new Alarms();
  private final Set<String> changed = new LinkedHashSet<>();

  /** The moment that was last told, epoch ms. */
  private long at;

  /**
   * Empty.
   *
   * @param asked whether a device is asked for, by its id
   * @param permission what may be seen
   * @param today what history does not keep of devices, by id
   */
  PastFleet(
      Predicate<String> asked,
      Permission permission,
      Map<String, DeviceIdentity> today,
      Function<@Nullable String, StateRule> rules) {
    this.today = today;
    this.rules = rules;
    this.shown =
        id ->
            asked.test(id)
                && !Limits.isReserved(id)
                && permission.sees(today.getOrDefault(id, DeviceIdentity.UNKNOWN).groups());
  }

  boolean shows(LogEntry entry) {
    return shown.test(entry.key().device());
  }

  boolean shows(DeviceEvent event) {
    return shown.test(event.device());
  }

  void take(Position position) {
    String id = position.device();
    PastDevice known = devices.get(id);
    if (known != null) {
      known.move(position);
    } else if (shown.test(id)) {
      DeviceIdentity identity = today.getOrDefault(id, DeviceIdentity.UNKNOWN);
      devices.put(id, new PastDevice(position, identity, rules.apply(identity.kind())));
    } else {
      return;
    }
    changed.add(id);
  }

  void take(LogEntry entry) {
    boolean turned =
        switch (entry) {
          case LogEntry.Recorded recorded -> alarms.raise(recorded.event());
          case LogEntry.Acknowledged acknowledged -> alarms.settle(acknowledged.key());
        };
    if (turned) {
      changed.add(entry.key().device());
    }
  }

  void raise(DeviceEvent event) {
    alarms.raise(event);
  }

  /** Everything as it looks at a moment. */
  List<DeviceView> all(long millis) {
    List<DeviceView> views = new ArrayList<>(devices.size());
    devices.forEach(
        (id, device) -> {
          DeviceView view = device.view(alarms.on(id), millis);
          var _ = device.tell(view);
          views.add(view);
        });
    changed.clear();
    at = millis;
    return views;
  }

  /** What differs at a later moment from what was told last, silence included. */
  List<ServerMessage.Change> changes(long millis) {
    devices.forEach(
        (id, device) -> {
          long stale = device.staleAtMillis();
          if (stale >= at && stale < millis) {
            changed.add(id);
          }
        });
    List<ServerMessage.Change> changes = new ArrayList<>();
    for (String id : changed) {
      PastDevice device = devices.get(id);
      if (device != null) {
        DeviceView view = device.view(alarms.on(id), millis);
        int fields = device.tell(view);
        if (fields != 0) {
          changes.add(new ServerMessage.Change(view, fields));
        }
      }
    }
    changed.clear();
    at = millis;
    return changes;
  }
}

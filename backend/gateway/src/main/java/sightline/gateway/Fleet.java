package sightline.gateway;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sightline.bus.DeviceRecord;
import sightline.protocol.DeviceView;
import sightline.protocol.Limits;

/**
 * Every device at a dense handle, with its newest state and what changed in this turn. Owned by the
 * hub's thread.
 */
final class Fleet {
  private final GatewaySettings settings;
  private final DeviceGroups groups;
  private final Map<String, Slot> byId = new HashMap<>();
  private final List<Slot> slots = new ArrayList<>();
  private final List<Slot> changed = new ArrayList<>();

  /** Views that name a device of which nothing is known: a name, and no place. */
  private final Map<String, List<View>> awaited = new HashMap<>();

  Fleet(GatewaySettings settings, DeviceGroups groups) {
    this.settings = settings;
    this.groups = groups;
  }

  /** Takes a device's newest state; what differs from before is marked as changed. */
  void apply(DeviceRecord record, boolean alarm, long nowMillis) {
    Slot slot = slot(record.id());
    slot.record = record;
    refresh(slot, alarm, nowMillis);
  }

  /** Computes the device's view anew: after an alarm, or when time has passed. */
  void refresh(Slot slot, boolean alarm, long nowMillis) {
    DeviceRecord record = slot.record;
    if (record == null) {
      return;
    }
    DeviceView before = slot.view;
    DeviceView now =
        DeviceViews.of(
            record, settings.rule(record.kind()), groups.of(record.id()), alarm, nowMillis);
    slot.staleAtMillis = DeviceViews.staleAtMillis(record, settings.rule(record.kind()));
    int fields = before == null ? DeviceView.ALL : DeviceViews.differing(before, now);
    if (fields != 0) {
      slot.view = now;
      slot.column = Grid.column(now.lon());
      slot.row = Grid.row(now.lat());
      if (slot.changed == 0) {
        changed.add(slot);
      }
      slot.changed |= fields;
    }
  }

  /** Looks for devices that have been silent for too long. */
  void expire(Alarms alarms, long nowMillis) {
    for (Slot slot : slots) {
      if (nowMillis > slot.staleAtMillis) {
        refresh(slot, alarms.on(slot.id), nowMillis);
        slot.staleAtMillis = Long.MAX_VALUE;
      }
    }
  }

  /** Forgets the devices that are not among these; they leave every view. */
  void retain(Collection<DeviceRecord> known) {
    Set<String> ids = new HashSet<>();
    known.forEach(record -> ids.add(record.id()));
    for (Slot slot : slots) {
      if (!ids.contains(slot.id)) {
        forget(slot);
      }
    }
  }

  void forget(Slot slot) {
    slot.record = null;
    slot.view = null;
    slot.column = Grid.NOWHERE;
    slot.row = Grid.NOWHERE;
    slot.toldColumn = Grid.NOWHERE;
    slot.toldRow = Grid.NOWHERE;
    slot.staleAtMillis = Long.MAX_VALUE;
  }

  /** Forgets reserved devices by the beginning of their ids; gives how many. */
  int forgetReserved(String prefix) {
    int count = 0;
    for (Slot slot : slots) {
      if (slot.reserved && slot.id.startsWith(prefix)) {
        forget(slot);
        count++;
      }
    }
    return count;
  }

  /** The device's place, made where it has none yet. */
  private Slot slot(String id) {
    Slot slot = byId.get(id);
    if (slot == null) {
      slot = new Slot(slots.size(), id, Limits.isReserved(id));
      byId.put(id, slot);
      slots.add(slot);
      List<View> views = awaited.remove(id);
      if (views != null) {
        slot.rooms.addAll(views);
      }
    }
    return slot;
  }

  /** A view names a device, known or not. */
  void watch(String id, View view) {
    Slot slot = byId.get(id);
    if (slot != null) {
      slot.rooms.add(view);
    } else {
      List<View> others = awaited.get(id);
      awaited.put(id, others == null ? List.of(view) : with(others, view));
    }
  }

  /** A view names a device no longer. */
  void unwatch(String id, View view) {
    Slot slot = byId.get(id);
    if (slot != null) {
      slot.rooms.remove(view);
      return;
    }
    List<View> views = awaited.get(id);
    if (views != null) {
      List<View> others = views.stream().filter(other -> other != view).toList();
      if (others.isEmpty()) {
        awaited.remove(id);
      } else {
        awaited.put(id, others);
      }
    }
  }

  /** How many names views have of which nothing is known. */
  int awaited() {
    return awaited.size();
  }

  private static List<View> with(List<View> others, View view) {
    List<View> all = new ArrayList<>(others.size() + 1);
    all.addAll(others);
    all.add(view);
    return all;
  }

  @Nullable Slot find(String id) {
    return byId.get(id);
  }

  Slot at(int handle) {
    return slots.get(handle);
  }

  List<String> groups(String device) {
    return groups.of(device);
  }

  /** Every place, whether or not its device is known still. */
  List<Slot> slots() {
    return slots;
  }

  /** Places with a change in this turn. */
  List<Slot> changed() {
    return changed;
  }

  /** Ends the turn: all that changed has been told. */
  void settle() {
    for (Slot slot : changed) {
      slot.changed = 0;
      slot.toldColumn = slot.column;
      slot.toldRow = slot.row;
    }
    changed.clear();
  }
}

package sightline.gateway;

import java.util.ArrayDeque;
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

  /** Handles of places that were only ever names; no browser holds them. */
  private final ArrayDeque<Integer> vacant = new ArrayDeque<>();

  Fleet(GatewaySettings settings, DeviceGroups groups) {
    this.settings = settings;
    this.groups = groups;
  }

  /** Takes a device's newest state; what differs from before is marked as changed. */
  void apply(DeviceRecord record, boolean alarm, long nowMillis) {
    Slot slot = slot(record.id());
    slot.record = record;
    slot.everKnown = true;
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
  Slot slot(String id) {
    Slot slot = byId.get(id);
    if (slot == null) {
      Integer free = vacant.poll();
      int handle = free == null ? slots.size() : free;
      slot = new Slot(handle, id, Limits.isReserved(id));
      byId.put(id, slot);
      if (free == null) {
        slots.add(slot);
      } else {
        slots.set(handle, slot);
      }
    }
    return slot;
  }

  /** Gives back a place that nobody names any more and that never had a device. */
  void dropIfNeverKnown(Slot slot) {
    if (!slot.everKnown && slot.rooms.isEmpty() && byId.remove(slot.id, slot)) {
      vacant.add(slot.handle);
    }
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

  /** Every place, whether or not its device is known. */
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

package sightline.gateway;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sightline.protocol.DeviceView;
import sightline.protocol.ServerMessage;

/**
 * An area with more units than eyes can separate, told as counts to all browsers that look at it
 * with the same permission. The hub's thread owns it, but for {@link #watchers}, where each list
 * belongs to its event loop.
 */
final class Crowd {
  /** More units than this in an area are told as counts; fewer than {@link #FEW} one by one. */
  static final int MANY = 5_000;

  /** Lower than {@link #MANY}, so that an area at the limit does not go to and fro. */
  static final int FEW = 4_000;

  /** Counts are for cells a quarter as wide as the area's: 128 to 256 px. */
  private static final int FINER = 2;

  final Permission permission;
  final Area area;

  /** The browsers that look at it, by event loop. */
  final List<List<LiveSession>> watchers = new ArrayList<>();

  int browsers;
  private int units;

  Crowd(Permission permission, Area area, int loops) {
    this.permission = permission;
    this.area = area;
    for (int i = 0; i < loops; i++) {
      watchers.add(new ArrayList<>(1));
    }
  }

  /** How many units there were at the last count. */
  int units() {
    return units;
  }

  /** Counts anew: each cell's units and alarms, placed where its units are in the mean. */
  ServerMessage.Cells count(Fleet fleet) {
    int level = Math.min(area.level() + FINER, Grid.BITS);
    Map<Long, Tally> tallies = new HashMap<>();
    units = 0;
    for (Slot slot : fleet.slots()) {
      DeviceView device = slot.view;
      if (device != null && Layers.shows(permission, area, slot)) {
        units++;
        tallies
            .computeIfAbsent(
                Grid.key(Grid.at(level, slot.column), Grid.at(level, slot.row)),
                cell -> new Tally())
            .add(device);
      }
    }
    return new ServerMessage.Cells(level, tallies.values().stream().map(Tally::cell).toList());
  }

  /** One cell while it is counted. */
  private static final class Tally {
    private int count;
    private int alarms;
    private double lat;
    private double lon;

    void add(DeviceView device) {
      count++;
      alarms += device.alarm() ? 1 : 0;
      lat += device.lat();
      lon += device.lon();
    }

    ServerMessage.CellCount cell() {
      return new ServerMessage.CellCount(lat / count, lon / count, count, alarms);
    }
  }
}

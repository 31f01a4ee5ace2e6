package sightline.gateway;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.bus.DeviceRecord;
import sightline.protocol.DeviceView;

/** What the hub knows of one device, at its dense handle. Owned by the hub's thread. */
final class Slot {
  final int handle;
  final String id;

  /** In no view but one that names it. */
  final boolean reserved;

  /** Views that name this device. */
  final List<View> rooms = new ArrayList<>(0);

  /** Null once the device is known no longer. */
  @Nullable DeviceRecord record;

  /** What browsers were last told, or are told in this turn. */
  @Nullable DeviceView view;

  /** Its place on the {@link Grid}, {@link Grid#NOWHERE} where it has none. */
  int column = Grid.NOWHERE;

  int row = Grid.NOWHERE;

  /** The place that browsers were last told of. */
  int toldColumn = Grid.NOWHERE;

  int toldRow = Grid.NOWHERE;

  /** Bits of what changed in this turn. */
  int changed;

  /** When it turns stale if it stays silent, epoch ms. */
  long staleAtMillis = Long.MAX_VALUE;

  Slot(int handle, String id, boolean reserved) {
    this.handle = handle;
    this.id = id;
    this.reserved = reserved;
  }
}

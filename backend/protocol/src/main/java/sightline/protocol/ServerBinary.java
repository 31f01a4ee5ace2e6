package sightline.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Writes what {@code sightline.v1.bin} says in binary: snapshots, updates and removals of devices;
 * the layout is in docs/protocol.md. Stateless.
 */
public final class ServerBinary {
  /** A part of a snapshot. */
  public static final int SNAPSHOT = 1;

  /** What changed. */
  public static final int UPDATE = 2;

  /** Devices that are seen no longer. */
  public static final int REMOVE = 3;

  private static final int MORE = 1;
  private static final int MORE_AT = 1;
  private static final int COUNT_AT = 2;

  private static final int HAS_POSITION = 1;
  private static final int HAS_RECEIVED = 1 << 1;
  private static final int HAS_CONDITION = 1 << 2;
  private static final int HAS_VITALS = 1 << 3;
  private static final int HAS_EXTENT = 1 << 4;
  private static final int HAS_IDENTITY = 1 << 5;

  private static final int ALARM = 1 << 2;
  private static final int SKEWED = 1 << 3;
  private static final double DEGREE = 1e7;

  private ServerBinary() {}

  /**
   * Begins a message; {@link #end} completes it.
   *
   * @param n the number of an update, else 0
   */
  public static void begin(BinaryOut out, int type, long n) {
    out.reset().u8(type).u8(0).u32(0).u48(n);
  }

  /**
   * Completes a message.
   *
   * @param count devices in it
   * @param more whether another part of the snapshot follows
   */
  public static void end(BinaryOut out, int count, boolean more) {
    out.array()[MORE_AT] = (byte) (more ? MORE : 0);
    out.set32(COUNT_AT, count);
  }

  /** A device of a removal. */
  public static void removed(BinaryOut out, int handle) {
    out.u32(handle);
  }

  /**
   * A device of a snapshot or an update.
   *
   * @param handle names the device on this connection
   * @param fields bits of {@link DeviceView}
   */
  public static void device(BinaryOut out, int handle, DeviceView device, int fields) {
    int has = has(device, fields);
    out.u32(handle).u16(has).u48(device.timestamp());
    if ((has & (HAS_POSITION | HAS_RECEIVED)) != 0) {
      out.u48(device.received());
    }
    if ((has & HAS_POSITION) != 0) {
      out.u32((int) Math.round(device.lat() * DEGREE));
      out.u32((int) Math.round(device.lon() * DEGREE));
      double heading = device.heading();
      out.u16(Double.isNaN(heading) ? -1 : Headings.hundredths(heading));
      out.u32(hundredths(device.speed()));
    }
    if ((has & HAS_CONDITION) != 0) {
      out.u8(
          device.state().wireCode()
              | (device.alarm() ? ALARM : 0)
              | (device.skewed() ? SKEWED : 0));
    }
    if ((has & HAS_VITALS) != 0) {
      out.u8(percent(device.battery())).u8(percent(device.signal()));
    }
    if ((has & HAS_EXTENT) != 0) {
      out.u32(tenths(device.accuracy(), -1));
      out.u32(tenths(device.altitude(), Integer.MIN_VALUE));
    }
    if ((has & HAS_IDENTITY) != 0) {
      out.text(device.id()).text(device.name()).text(device.kind()).u16(device.groups().size());
      device.groups().forEach(out::text);
    }
  }

  private static int has(DeviceView device, int fields) {
    boolean placed = !Double.isNaN(device.lat());
    int has = 0;
    if ((fields & DeviceView.POSITION) != 0 && placed) {
      has |= HAS_POSITION;
    } else if ((fields & (DeviceView.POSITION | DeviceView.RECEIVED)) != 0) {
      has |= HAS_RECEIVED;
    }
    if ((fields & (DeviceView.STATE | DeviceView.ALARM | DeviceView.SKEWED)) != 0) {
      has |= HAS_CONDITION;
    }
    if ((fields & (DeviceView.BATTERY | DeviceView.SIGNAL)) != 0) {
      has |= HAS_VITALS;
    }
    if ((fields & DeviceView.EXTENT) != 0 && placed) {
      has |= HAS_EXTENT;
    }
    if ((fields & (DeviceView.NAME | DeviceView.KIND | DeviceView.GROUPS)) != 0) {
      has |= HAS_IDENTITY;
    }
    return has;
  }

  /** All ones where absent. */
  private static int hundredths(double value) {
    return Double.isNaN(value) ? -1 : (int) Math.round(value * 100);
  }

  private static int tenths(double value, int absent) {
    return Double.isNaN(value) ? absent : (int) Math.round(value * 10);
  }

  private static int percent(@Nullable Integer value) {
    return value == null ? 0xff : value;
  }
}

package sightline.protocol;

import org.jspecify.annotations.Nullable;

/** Writes a device as JSON, whole or only what changed; stateless. */
public final class DeviceJson {
  private static final int DEGREE_PLACES = 7;

  private DeviceJson() {}

  /**
   * One object: {@code id} first, {@code timestamp} second, then the fields of the mask. What is
   * absent is left out of a whole device, and null where it changed to absent.
   *
   * @param fields bits of {@link DeviceView}
   */
  public static void write(JsonOut out, DeviceView device, int fields) {
    fields(out, device, fields);
    out.close('}');
  }

  /** One object with every field, and what was refused of the device where anything was. */
  public static void writeWhole(JsonOut out, DeviceView device, @Nullable Refused refused) {
    fields(out, device, DeviceView.ALL);
    if (refused != null) {
      refused.write(out.name("refused"));
    }
    out.close('}');
  }

  private static void fields(JsonOut out, DeviceView device, int fields) {
    boolean whole = fields == DeviceView.ALL;
    out.open('{').name("id").string(device.id()).name("timestamp").number(device.timestamp());
    if ((fields & (DeviceView.RECEIVED | DeviceView.POSITION)) != 0) {
      out.name("received").number(device.received());
    }
    if ((fields & (DeviceView.NAME | DeviceView.KIND | DeviceView.GROUPS)) != 0) {
      identity(out, device, fields, whole);
    }
    if ((fields & DeviceView.STATE) != 0) {
      out.name("state").string(device.state().wireName());
    }
    if ((fields & DeviceView.ALARM) != 0) {
      out.name("alarm").bool(device.alarm());
    }
    if ((fields & DeviceView.SKEWED) != 0) {
      out.name("skewed").bool(device.skewed());
    }
    if ((fields & DeviceView.POSITION) != 0) {
      position(out, device, whole);
    }
    if ((fields & DeviceView.BATTERY) != 0) {
      percent(out, "battery", device.battery(), whole);
    }
    if ((fields & DeviceView.SIGNAL) != 0) {
      percent(out, "signal", device.signal(), whole);
    }
  }

  private static void identity(JsonOut out, DeviceView device, int fields, boolean whole) {
    if ((fields & DeviceView.NAME) != 0) {
      word(out, "name", device.name(), whole);
    }
    if ((fields & DeviceView.KIND) != 0) {
      word(out, "kind", device.kind(), whole);
    }
    if ((fields & DeviceView.GROUPS) != 0) {
      out.name("groups").open('[');
      for (String group : device.groups()) {
        out.string(group);
      }
      out.close(']');
    }
  }

  private static void position(JsonOut out, DeviceView device, boolean whole) {
    if (Double.isNaN(device.lat())) {
      return;
    }
    out.name("lat").decimal(device.lat(), DEGREE_PLACES);
    out.name("lon").decimal(device.lon(), DEGREE_PLACES);
    number(out, "heading", Headings.rounded(device.heading()), whole);
    number(out, "speed", device.speed(), whole);
    if (!Double.isNaN(device.accuracy())) {
      out.name("accuracy").decimal(device.accuracy(), 1);
    }
    if (!Double.isNaN(device.altitude())) {
      out.name("altitude").decimal(device.altitude(), 1);
    }
  }

  private static void number(JsonOut out, String name, double value, boolean whole) {
    if (!whole || !Double.isNaN(value)) {
      out.name(name).decimal(value, 2);
    }
  }

  private static void word(JsonOut out, String name, @Nullable String value, boolean whole) {
    if (value != null) {
      out.name(name).string(value);
    } else if (!whole) {
      out.name(name).nothing();
    }
  }

  private static void percent(JsonOut out, String name, @Nullable Integer value, boolean whole) {
    if (value != null) {
      out.name(name).number(value);
    } else if (!whole) {
      out.name(name).nothing();
    }
  }
}

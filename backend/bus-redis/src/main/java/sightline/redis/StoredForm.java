package sightline.redis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.bus.DeviceRecord;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;
import sightline.protocol.Order;
import sightline.protocol.Position;
import sightline.protocol.Refused;

/**
 * The binary forms of what is kept in Redis, each with its version first. A newer version only
 * appends fields, so that this one reads on with what it knows; a field that an older version did
 * not write must be read only where {@link ByteIn#atEnd} says no. Stateless.
 */
final class StoredForm {
  /** The version that is written. */
  static final int VERSION = 2;

  /** The newest that can be read: one release may be ahead of the other. */
  static final int READABLE = VERSION + 1;

  /** The first version whose records say what was refused. */
  private static final int WITH_REFUSED = 2;

  private static final int RECORD_BYTES = 192;
  private static final int POSITION_BYTES = 112;
  private static final int EVENT_BYTES = 256;
  private static final int RECORDED = 1;
  private static final int ACKNOWLEDGED = 2;

  private StoredForm() {}

  static byte[] device(DeviceRecord device) {
    ByteOut out = new ByteOut(RECORD_BYTES).u8(VERSION).text(device.id());
    Position position = device.position();
    out.flag(position != null);
    if (position != null) {
      put(out, position);
    }
    out.flag(device.online()).optional(device.offlineReason());
    out.i64(device.statusReceived()).i64(device.lastSeen()).i64(device.usualIntervalMillis());
    out.optional(device.battery()).optional(device.signal()).optional(device.session());
    return out.optional(device.kind())
        .optional(device.name())
        .optional(device.firmware())
        .block(refused(device.refused()))
        .toBytes();
  }

  static DeviceRecord device(byte[] bytes) {
    ByteIn in = versioned(bytes);
    String id = in.text();
    Position position = in.flag() ? position(in, id) : null;
    return new DeviceRecord(
        id,
        position,
        in.flag(),
        in.optionalText(),
        in.i64(),
        in.i64(),
        in.i64(),
        in.optionalInt(),
        in.optionalInt(),
        in.optionalText(),
        in.optionalText(),
        in.optionalText(),
        in.optionalText(),
        bytes[0] < WITH_REFUSED ? null : refused(new ByteIn(in.block())));
  }

  /** Empty where there is none. */
  static byte[] refused(@Nullable Refused refused) {
    if (refused == null) {
      return new byte[0];
    }
    ByteOut out = new ByteOut(POSITION_BYTES).i64(refused.count()).i64(refused.time());
    out.text(refused.topic()).text(refused.reason());
    return out.optional(refused.field()).text(refused.detail()).toBytes();
  }

  static @Nullable Refused refused(ByteIn in) {
    return in.atEnd()
        ? null
        : new Refused(in.i64(), in.i64(), in.text(), in.text(), in.optionalText(), in.text());
  }

  /** Positions of one entry of the stream. */
  static byte[] positions(List<Position> positions) {
    ByteOut out = new ByteOut(8 + POSITION_BYTES * positions.size()).u8(VERSION);
    out.count(positions.size());
    for (Position position : positions) {
      ByteOut each = new ByteOut(POSITION_BYTES).text(position.device());
      put(each, position);
      out.block(each.toBytes());
    }
    return out.toBytes();
  }

  static List<Position> positions(byte[] bytes) {
    ByteIn in = versioned(bytes);
    int count = in.count();
    List<Position> positions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ByteIn each = new ByteIn(in.block());
      positions.add(position(each, each.text()));
    }
    return positions;
  }

  static byte[] event(DeviceEvent event) {
    return new ByteOut(EVENT_BYTES)
        .u8(VERSION)
        .text(event.device())
        .text(event.id())
        .i64(event.timestamp())
        .i64(event.received())
        .text(event.type())
        .optional(event.severity())
        .optional(event.message())
        .f64(event.lat())
        .f64(event.lon())
        .optional(event.data())
        .toBytes();
  }

  static DeviceEvent event(byte[] bytes) {
    ByteIn in = versioned(bytes);
    return new DeviceEvent(
        in.text(),
        in.text(),
        in.i64(),
        in.i64(),
        in.text(),
        in.optionalText(),
        in.optionalText(),
        in.f64(),
        in.f64(),
        in.optionalText());
  }

  static byte[] entry(LogEntry entry) {
    ByteOut out = new ByteOut(EVENT_BYTES).u8(VERSION);
    switch (entry) {
      case LogEntry.Recorded recorded ->
          out.u8(RECORDED).i64(recorded.seq()).block(event(recorded.event()));
      case LogEntry.Acknowledged acknowledged -> {
        out.u8(ACKNOWLEDGED).i64(acknowledged.seq());
        out.text(acknowledged.key().device()).text(acknowledged.key().event());
        out.text(acknowledged.by()).i64(acknowledged.time()).optional(acknowledged.note());
      }
    }
    return out.toBytes();
  }

  static LogEntry entry(byte[] bytes) {
    ByteIn in = versioned(bytes);
    int kind = in.u8();
    long seq = in.i64();
    return switch (kind) {
      case RECORDED -> new LogEntry.Recorded(seq, event(in.block()));
      case ACKNOWLEDGED -> {
        EventKey key = new EventKey(in.text(), in.text());
        String by = in.text();
        long time = in.i64();
        @Nullable String note = in.optionalText();
        yield new LogEntry.Acknowledged(seq, key, by, time, note);
      }
      default -> throw new UnknownForm("an entry of kind " + kind);
    };
  }

  /** A reader behind the version. */
  static ByteIn versioned(byte[] bytes) {
    ByteIn in = new ByteIn(bytes);
    int version = in.u8();
    if (version < 1 || version > READABLE) {
      throw new UnknownForm("version " + version + "; this program reads up to " + READABLE);
    }
    return in;
  }

  private static void put(ByteOut out, Position position) {
    out.i64(position.order().millis()).i64(position.order().seq());
    out.i64(position.received()).i64(position.deviceTime()).flag(position.skewed());
    out.f64(position.lat()).f64(position.lon()).f64(position.heading()).f64(position.speed());
    out.f64(position.accuracy()).f64(position.altitude());
  }

  private static Position position(ByteIn in, String device) {
    return new Position(
        device,
        new Order(in.i64(), in.i64()),
        in.i64(),
        in.i64(),
        in.flag(),
        in.f64(),
        in.f64(),
        in.f64(),
        in.f64(),
        in.f64(),
        in.f64());
  }
}

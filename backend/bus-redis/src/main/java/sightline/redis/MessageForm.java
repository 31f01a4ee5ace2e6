package sightline.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import sightline.bus.BusMessage;
import sightline.bus.DeviceRecord;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;
import sightline.protocol.Refused;

/** The binary forms of what goes over Pub/Sub: version, kind, fields. Stateless. */
final class MessageForm {
  private static final int BATCH = 1;
  private static final int PENDING = 2;
  private static final int ENTRIES = 3;
  private static final int UNRECORDED = 4;
  private static final int BRIDGE_BEAT = 5;
  private static final int RECORDER_BEAT = 6;
  private static final int REFUSALS = 7;
  private static final int SMALL_BYTES = 64;
  private static final int ITEM_BYTES = 200;

  private MessageForm() {}

  /** A batch, of records in their stored form. */
  static byte[] batch(BusMessage.Batch batch, List<byte[]> records) {
    ByteOut out = begin(BATCH, SMALL_BYTES + ITEM_BYTES * records.size());
    out.text(batch.epoch()).i64(batch.token()).i64(batch.number());
    return blocks(out, records);
  }

  static byte[] pending(List<byte[]> events) {
    return blocks(begin(PENDING, ITEM_BYTES * events.size()), events);
  }

  static byte[] entries(List<LogEntry> entries) {
    List<byte[]> stored = entries.stream().map(StoredForm::entry).toList();
    return blocks(begin(ENTRIES, ITEM_BYTES * stored.size()), stored);
  }

  static byte[] unrecorded(EventKey key, String reason) {
    ByteOut out = begin(UNRECORDED, SMALL_BYTES);
    return out.text(key.device()).text(key.event()).text(reason).toBytes();
  }

  static byte[] beat(BusMessage beat) {
    return switch (beat) {
      case BusMessage.BridgeBeat bridge ->
          begin(BRIDGE_BEAT, SMALL_BYTES)
              .i64(bridge.newestSeq())
              .i64(bridge.brokerAgeMillis())
              .i64(bridge.historyAgeMillis())
              .i64(bridge.eventsWaiting())
              .i64(bridge.time())
              .i64(bridge.positionsShed())
              .i64(bridge.brokerDropped())
              .toBytes();
      case BusMessage.RecorderBeat recorder ->
          begin(RECORDER_BEAT, SMALL_BYTES)
              .i64(recorder.recordedThrough())
              .i64(recorder.lagMillis())
              .i64(recorder.daysWaiting())
              .i64(recorder.eventsWaiting())
              .toBytes();
      case BusMessage.Refusals refusals ->
          blocks(
              begin(REFUSALS, ITEM_BYTES * refusals.units().size()),
              refusals.units().stream().map(MessageForm::unit).toList());
      case BusMessage.Batch other -> throw noBeat(other);
      case BusMessage.Pending other -> throw noBeat(other);
      case BusMessage.Entries other -> throw noBeat(other);
      case BusMessage.Unrecorded other -> throw noBeat(other);
    };
  }

  /**
   * What was published.
   *
   * @throws UnknownForm where it is of a form that is not known here
   */
  static BusMessage read(byte[] bytes) {
    ByteIn in = StoredForm.versioned(bytes);
    int kind = in.u8();
    return switch (kind) {
      case BATCH -> {
        String epoch = in.text();
        long token = in.i64();
        long number = in.i64();
        List<DeviceRecord> devices = each(in, StoredForm::device);
        yield new BusMessage.Batch(epoch, token, number, devices);
      }
      case PENDING -> {
        List<DeviceEvent> events = each(in, StoredForm::event);
        yield new BusMessage.Pending(events);
      }
      case ENTRIES -> {
        List<LogEntry> entries = each(in, StoredForm::entry);
        yield new BusMessage.Entries(entries);
      }
      case UNRECORDED -> new BusMessage.Unrecorded(new EventKey(in.text(), in.text()), in.text());
      case BRIDGE_BEAT ->
          new BusMessage.BridgeBeat(
              in.i64(),
              in.i64(),
              in.i64(),
              Math.toIntExact(in.i64()),
              // An earlier version's beat ends before one of these.
              in.atEnd() ? 0 : in.i64(),
              in.atEnd() ? 0 : in.i64(),
              in.atEnd() ? 0 : in.i64());
      case RECORDER_BEAT ->
          new BusMessage.RecorderBeat(
              in.i64(), in.i64(), in.atEnd() ? 0 : in.i64(), in.atEnd() ? 0 : in.i64());
      case REFUSALS -> {
        List<BusMessage.Refusals.Unit> units = each(in, MessageForm::unit);
        yield new BusMessage.Refusals(units);
      }
      default -> throw new UnknownForm("a message of kind " + kind);
    };
  }

  private static byte[] unit(BusMessage.Refusals.Unit unit) {
    return new ByteOut(ITEM_BYTES)
        .text(unit.id())
        .block(StoredForm.refused(unit.refused()))
        .toBytes();
  }

  private static BusMessage.Refusals.Unit unit(byte[] bytes) {
    ByteIn in = new ByteIn(bytes);
    String id = in.text();
    Refused refused = StoredForm.refused(new ByteIn(in.block()));
    if (refused == null) {
      throw new UnknownForm("a refusal of nothing");
    }
    return new BusMessage.Refusals.Unit(id, refused);
  }

  private static ByteOut begin(int kind, int expected) {
    return new ByteOut(SMALL_BYTES + expected).u8(StoredForm.VERSION).u8(kind);
  }

  private static byte[] blocks(ByteOut out, List<byte[]> blocks) {
    out.count(blocks.size());
    blocks.forEach(out::block);
    return out.toBytes();
  }

  private static <T> List<T> each(ByteIn in, Function<byte[], T> read) {
    int count = in.count();
    List<T> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      items.add(read.apply(in.block()));
    }
    return items;
  }

  private static IllegalArgumentException noBeat(BusMessage message) {
    return new IllegalArgumentException("no beat: " + message);
  }
}

package sightline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sightline.bus.HotState.PendingEvent;
import sightline.protocol.BinaryOut;
import sightline.protocol.DeviceEvent;
import sightline.protocol.DeviceJson;
import sightline.protocol.DeviceView;
import sightline.protocol.JsonOut;
import sightline.protocol.LogEntry;
import sightline.protocol.ServerBinary;
import sightline.protocol.ServerMessage;

/** Encodes what a view is told, once for all who share it. Owned by the hub's thread. */
final class Encoder {
  /** Every field, and null where it has none: it may have had one when it was last told. */
  private static final int NEWEST = DeviceView.ALL & ~DeviceView.EXTENT;

  private final ByteBufAllocator allocator;
  private final Frames frames;
  private final Fleet fleet;
  private final int snapshotDevices;

  Encoder(ByteBufAllocator allocator, Fleet fleet, int snapshotDevices) {
    this.allocator = allocator;
    this.frames = new Frames(allocator);
    this.fleet = fleet;
    this.snapshotDevices = snapshotDevices;
  }

  ByteBuf message(ServerMessage message) {
    return frames.frame(message);
  }

  /** These slots, all of them known, as a snapshot in as many frames as it takes. */
  List<ByteBuf> snapshot(Numbers numbers, List<Slot> slots, Wire wire) {
    List<ByteBuf> parts = new ArrayList<>();
    int from = 0;
    do {
      int to = Math.min(slots.size(), from + snapshotDevices);
      List<Slot> part = slots.subList(from, to);
      boolean more = to < slots.size();
      parts.add(
          wire == Wire.BINARY ? binarySnapshot(numbers, part, more) : jsonSnapshot(part, more));
      from = to;
    } while (from < slots.size());
    return parts;
  }

  private ByteBuf jsonSnapshot(List<Slot> slots, boolean more) {
    List<DeviceView> devices = new ArrayList<>(slots.size());
    for (Slot slot : slots) {
      DeviceView device = slot.view;
      if (device != null) {
        devices.add(device);
      }
    }
    return frames.frame(new ServerMessage.Snapshot(devices, more));
  }

  private ByteBuf binarySnapshot(Numbers numbers, List<Slot> slots, boolean more) {
    BinaryOut out = frames.binary();
    ServerBinary.begin(out, ServerBinary.SNAPSHOT, 0);
    int count = 0;
    for (Slot slot : slots) {
      count += put(out, numbers, slot, DeviceView.ALL);
    }
    ServerBinary.end(out, count, more);
    return frames.binaryFrame();
  }

  /** Writes a device that is known; gives how many that is. */
  private static int put(BinaryOut out, Numbers numbers, Slot slot, int fields) {
    DeviceView device = slot.view;
    if (device == null) {
      return 0;
    }
    ServerBinary.device(out, numbers.of(slot), device, fields);
    return 1;
  }

  /**
   * An update of slots that are all known.
   *
   * @param changed told by what changed of them in this turn
   * @param whole told whole
   */
  ByteBuf update(Numbers numbers, long n, List<Slot> changed, List<Slot> whole, Wire wire) {
    return switch (wire) {
      case JSON -> jsonUpdate(n, changed, whole);
      case BINARY -> binaryUpdate(numbers, n, changed, whole);
    };
  }

  private ByteBuf jsonUpdate(long n, List<Slot> changed, List<Slot> whole) {
    JsonOut json = beginUpdate(n);
    for (Slot slot : changed) {
      put(json, slot, slot.changed);
    }
    for (Slot slot : whole) {
      put(json, slot, NEWEST);
    }
    json.close(']').close('}');
    return frames.frame();
  }

  private ByteBuf binaryUpdate(Numbers numbers, long n, List<Slot> changed, List<Slot> whole) {
    BinaryOut out = frames.binary();
    ServerBinary.begin(out, ServerBinary.UPDATE, n);
    int count = 0;
    for (Slot slot : changed) {
      count += put(out, numbers, slot, slot.changed);
    }
    for (Slot slot : whole) {
      count += put(out, numbers, slot, DeviceView.ALL);
    }
    ServerBinary.end(out, count, false);
    return frames.binaryFrame();
  }

  private static void put(JsonOut json, Slot slot, int fields) {
    DeviceView device = slot.view;
    if (device != null) {
      DeviceJson.write(json, device, fields);
    }
  }

  /** These devices are seen no longer. */
  ByteBuf removal(Numbers numbers, List<Slot> slots, Wire wire) {
    if (wire == Wire.JSON) {
      return frames.frame(new ServerMessage.Remove(slots.stream().map(slot -> slot.id).toList()));
    }
    BinaryOut out = frames.binary();
    ServerBinary.begin(out, ServerBinary.REMOVE, 0);
    slots.forEach(slot -> ServerBinary.removed(out, numbers.of(slot)));
    ServerBinary.end(out, slots.size(), false);
    return frames.binaryFrame();
  }

  /** What a turn brought to a cell, for those who look at it. */
  CellNews news(Cell cell, long n) {
    Numbers numbers = cell.layer.numbers;
    List<Slot> told = new ArrayList<>(cell.changed);
    told.addAll(cell.entered);
    ByteBuf json = null;
    ByteBuf binary = null;
    if (!told.isEmpty()) {
      if (cell.seenOn(Wire.JSON)) {
        json = update(numbers, n, cell.changed, cell.entered, Wire.JSON);
      }
      if (cell.seenOn(Wire.BINARY)) {
        binary = update(numbers, n, cell.changed, cell.entered, Wire.BINARY);
      }
    }
    return new CellNews(cell, json, binary, new Handles(told), departures(cell));
  }

  private List<CellNews.Departure> departures(Cell cell) {
    Map<Long, List<Slot>> byTarget = new LinkedHashMap<>();
    for (Slot slot : cell.left) {
      boolean seen = cell.layer.shows(slot) && slot.column != Grid.NOWHERE;
      int column = seen ? Grid.at(cell.layer.level, slot.column) : Grid.NOWHERE;
      int row = seen ? Grid.at(cell.layer.level, slot.row) : Grid.NOWHERE;
      byTarget.computeIfAbsent(Grid.key(column, row), key -> new ArrayList<>()).add(slot);
    }
    List<CellNews.Departure> departures = new ArrayList<>();
    Numbers numbers = cell.layer.numbers;
    byTarget.forEach(
        (key, slots) ->
            departures.add(
                new CellNews.Departure(
                    (int) (key >> 32),
                    key.intValue(),
                    cell.seenOn(Wire.JSON) ? removal(numbers, slots, Wire.JSON) : null,
                    cell.seenOn(Wire.BINARY) ? removal(numbers, slots, Wire.BINARY) : null,
                    new Handles(slots))));
    return departures;
  }

  private JsonOut beginUpdate(long n) {
    JsonOut json = frames.json();
    return json.open('{')
        .name("type")
        .string("update")
        .name("n")
        .number(n)
        .name("devices")
        .open('[');
  }

  /** All that are pending in the view, and which of those history refused; null where none are. */
  @Nullable ByteBuf pending(View view, List<PendingEvent> pending) {
    List<DeviceEvent> events = new ArrayList<>();
    List<ServerMessage> messages = new ArrayList<>();
    for (PendingEvent held : pending) {
      if (view.tells(held.event().device(), fleet)) {
        events.add(held.event());
        String reason = held.unrecordedReason();
        if (reason != null) {
          messages.add(new ServerMessage.Unrecorded(held.key(), reason));
        }
      }
    }
    if (events.isEmpty()) {
      return null;
    }
    messages.addFirst(new ServerMessage.Pending(events));
    return all(messages);
  }

  /** News of pending and refused events, cut to the view; null where there is none. */
  @Nullable ByteBuf news(View view, List<ServerMessage> news) {
    List<ServerMessage> told = new ArrayList<>();
    for (ServerMessage message : news) {
      if (message instanceof ServerMessage.Pending pending) {
        List<DeviceEvent> events =
            pending.events().stream().filter(event -> view.tells(event.device(), fleet)).toList();
        if (!events.isEmpty()) {
          told.add(new ServerMessage.Pending(events));
        }
      } else if (message instanceof ServerMessage.Unrecorded refused
          && view.tells(refused.key().device(), fleet)) {
        told.add(refused);
      } else if (message instanceof ServerMessage.Events known
          && view.tells(known.events().getFirst().device(), fleet)) {
        told.add(known);
      } else if (message instanceof ServerMessage.Acknowledged settled
          && view.tells(settled.entry().key().device(), fleet)) {
        told.add(settled);
      }
    }
    return told.isEmpty() ? null : all(told);
  }

  /**
   * Entries of the log, cut to the view.
   *
   * @param buffer null where none of them is told in the view
   * @param count how many of them are
   */
  record Entries(@Nullable ByteBuf buffer, int count) {}

  Entries entries(View view, List<LogEntry> entries) {
    List<ServerMessage> messages = new ArrayList<>();
    List<DeviceEvent> run = new ArrayList<>();
    long runEnd = 0;
    int count = 0;
    for (LogEntry entry : entries) {
      if (!view.tells(entry, fleet)) {
        continue;
      }
      count++;
      switch (entry) {
        case LogEntry.Recorded recorded -> {
          run.add(recorded.event());
          runEnd = recorded.seq();
        }
        case LogEntry.Acknowledged acknowledged -> {
          endRun(messages, run, runEnd);
          run = new ArrayList<>();
          messages.add(
              new ServerMessage.Acknowledged(acknowledged, Cursors.text(acknowledged.seq())));
        }
      }
    }
    endRun(messages, run, runEnd);
    return new Entries(messages.isEmpty() ? null : all(messages), count);
  }

  private static void endRun(List<ServerMessage> messages, List<DeviceEvent> run, long end) {
    if (!run.isEmpty()) {
      messages.add(new ServerMessage.Events(run, Cursors.text(end)));
    }
  }

  /** Several messages as one buffer of frames. */
  private ByteBuf all(List<ServerMessage> messages) {
    ByteBuf joined = allocator.directBuffer(messages.size() * 512);
    for (ServerMessage message : messages) {
      frames.append(joined, message);
    }
    return joined;
  }
}

package sightline.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.bus.HotState.PendingEvent;
import sightline.protocol.DeviceEvent;
import sightline.protocol.DeviceJson;
import sightline.protocol.DeviceView;
import sightline.protocol.JsonOut;
import sightline.protocol.LogEntry;
import sightline.protocol.ServerMessage;

/** Encodes what a view is told, once for all who share it. Owned by the hub's thread. */
final class Encoder {
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

  /** The whole view, in as many frames as it takes. */
  List<ByteBuf> snapshot(View view) {
    List<DeviceView> devices = new ArrayList<>();
    for (Slot slot : shown(view)) {
      DeviceView device = slot.view;
      if (device != null) {
        devices.add(device);
      }
    }
    List<ByteBuf> parts = new ArrayList<>();
    int from = 0;
    do {
      int to = Math.min(devices.size(), from + snapshotDevices);
      boolean more = to < devices.size();
      parts.add(frames.frame(new ServerMessage.Snapshot(devices.subList(from, to), more)));
      from = to;
    } while (from < devices.size());
    return parts;
  }

  private List<Slot> shown(View view) {
    List<Slot> shown = new ArrayList<>();
    if (view.key.rooms() == null) {
      for (Slot slot : fleet.slots()) {
        if (view.shows(slot)) {
          shown.add(slot);
        }
      }
    } else {
      for (String id : view.key.rooms()) {
        Slot slot = fleet.find(id);
        if (slot != null && view.shows(slot)) {
          shown.add(slot);
        }
      }
    }
    return shown;
  }

  /** What changed in this turn of these slots, all of which the view shows. */
  ByteBuf changes(long n, List<Slot> slots) {
    JsonOut json = beginUpdate(n);
    for (Slot slot : slots) {
      DeviceView device = slot.view;
      if (device != null) {
        DeviceJson.write(json, device, slot.changed);
      }
    }
    json.close(']').close('}');
    return frames.frame();
  }

  /** The newest state of these handles, whole; null where the view shows none of them. */
  @Nullable ByteBuf newest(View view, long n, BitSet handles) {
    JsonOut json = beginUpdate(n);
    boolean any = false;
    for (int handle = handles.nextSetBit(0); handle >= 0; handle = handles.nextSetBit(handle + 1)) {
      Slot slot = fleet.at(handle);
      DeviceView device = slot.view;
      if (device != null && view.shows(slot)) {
        DeviceJson.write(json, device, DeviceView.ALL);
        any = true;
      }
    }
    json.close(']').close('}');
    return any ? frames.frame() : null;
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

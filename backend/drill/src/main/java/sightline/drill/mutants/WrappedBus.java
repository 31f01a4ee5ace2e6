package sightline.drill.mutants;

import java.util.List;
import java.util.function.Consumer;
import sightline.bus.BusMessage;
import sightline.bus.LiveBus;
import sightline.bus.StreamState;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;
import sightline.protocol.Position;

/** Passes everything on to another bus; for any thread, as that one. */
class WrappedBus implements LiveBus {
  private final LiveBus bus;

  WrappedBus(LiveBus bus) {
    this.bus = bus;
  }

  @Override
  public StreamState round(BusMessage.Batch batch, List<Position> positions, boolean awaited) {
    return bus.round(batch, positions, awaited);
  }

  @Override
  public void pending(long token, List<DeviceEvent> events) {
    bus.pending(token, events);
  }

  @Override
  public void entries(List<LogEntry> entries) {
    bus.entries(entries);
  }

  @Override
  public void unrecorded(EventKey key, String reason) {
    bus.unrecorded(key, reason);
  }

  @Override
  public void beat(BusMessage beat) {
    bus.beat(beat);
  }

  @Override
  public Subscription subscribe(Consumer<BusMessage> listener) {
    return bus.subscribe(listener);
  }

  @Override
  public void close() {
    bus.close();
  }
}

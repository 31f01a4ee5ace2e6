package sightline.bridge;

import java.util.List;
import java.util.function.Consumer;
import sightline.bus.BusMessage;
import sightline.bus.BusUnavailable;
import sightline.bus.InProcessBus;
import sightline.bus.LiveBus;
import sightline.bus.StreamState;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;
import sightline.protocol.Position;

/** The bus in this process, with a switch that takes it away from its writer. */
final class AwayBus implements LiveBus {
  private final InProcessBus bus;
  volatile boolean away;

  AwayBus(InProcessBus bus) {
    this.bus = bus;
  }

  private LiveBus there() {
    if (away) {
      throw new BusUnavailable("the test took the bus away", null);
    }
    return bus;
  }

  @Override
  public StreamState round(BusMessage.Batch batch, List<Position> positions, boolean awaited) {
    return there().round(batch, positions, awaited);
  }

  @Override
  public void pending(long token, List<DeviceEvent> events) {
    there().pending(token, events);
  }

  @Override
  public void entries(List<LogEntry> entries) {
    there().entries(entries);
  }

  @Override
  public void unrecorded(EventKey key, String reason) {
    there().unrecorded(key, reason);
  }

  @Override
  public void beat(BusMessage beat) {
    there().beat(beat);
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

package sightline.gateway;

import java.util.List;
import java.util.function.Consumer;
import sightline.bus.BusMessage;
import sightline.bus.BusUnavailable;
import sightline.bus.HotState;
import sightline.bus.InProcessBus;
import sightline.bus.LiveBus;
import sightline.bus.StreamState;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;
import sightline.protocol.Position;

/** The bus in this process with a switch that loses news, and one that takes it away. */
final class LossyBus implements LiveBus, HotState {
  private final InProcessBus bus;
  private volatile boolean deaf;
  volatile boolean away;

  LossyBus(InProcessBus bus) {
    this.bus = bus;
  }

  /** Does something of which no subscriber hears. */
  void deaf(Runnable action) {
    deaf = true;
    try {
      action.run();
    } finally {
      deaf = false;
    }
  }

  @Override
  public Subscription subscribe(Consumer<BusMessage> listener) {
    return bus.subscribe(
        message -> {
          if (!deaf && !away) {
            listener.accept(message);
          }
        });
  }

  @Override
  public Snapshot read() {
    if (away) {
      throw new BusUnavailable("the test took the bus away", new IllegalStateException());
    }
    return bus.read();
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
  public void rewrite(Snapshot snapshot) {
    bus.rewrite(snapshot);
  }

  @Override
  public void close() {
    bus.close();
  }
}

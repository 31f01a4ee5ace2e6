package sightline.drill.mutants;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.bus.BusMessage;
import sightline.bus.DeviceRecord;
import sightline.bus.LiveBus;
import sightline.bus.StreamState;
import sightline.protocol.Position;
import sightline.protocol.Refused;

/** Leaves out that two clients use a unit's id. For any thread, as the bus that it wraps. */
final class RivalHidingBus extends WrappedBus {
  private static final String SAME_ID = "same-id";

  /** Over that bus. */
  RivalHidingBus(LiveBus bus) {
    super(bus);
  }

  @Override
  public StreamState round(BusMessage.Batch batch, List<Position> positions, boolean awaited) {
    List<DeviceRecord> devices = batch.devices().stream().map(RivalHidingBus::silent).toList();
    return super.round(
        new BusMessage.Batch(batch.epoch(), batch.token(), batch.number(), devices),
        positions,
        awaited);
  }

  private static DeviceRecord silent(DeviceRecord all) {
    return new DeviceRecord(
        all.id(),
        all.position(),
        all.online(),
        all.offlineReason(),
        all.statusReceived(),
        all.lastSeen(),
        all.usualIntervalMillis(),
        all.battery(),
        all.signal(),
        all.session(),
        all.kind(),
        all.name(),
        all.firmware(),
        without(all.refused()));
  }

  private static @Nullable Refused without(@Nullable Refused refused) {
    return refused != null && refused.reason().equals(SAME_ID) ? null : refused;
  }
}

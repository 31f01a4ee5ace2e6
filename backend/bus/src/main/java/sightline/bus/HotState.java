package sightline.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;

/**
 * The newest state of every device and all pending events, kept hot for those who start or lost
 * their place.
 *
 * <p>{@link #read} is one consistent cut: the batches up to {@code number} of its epoch and token
 * are in it, later ones are not. It may be called from any thread and blocks for a round trip; it
 * throws {@link BusUnavailable} where the bus does not answer.
 */
public interface HotState {
  /** All of it, as of one moment. */
  Snapshot read();

  /**
   * Replaces all of it, under a new epoch; by the holder of the lease alone.
   *
   * @throws Fenced where another bridge holds a higher token
   */
  void rewrite(Snapshot snapshot);

  /**
   * Hot state as of a batch.
   *
   * @param epoch names this life of hot state; empty where there is none yet
   * @param token the lease under which the newest batch was written, 0 where none
   * @param number the newest batch in it, 0 where none
   * @param devices each known device, once
   * @param pending events that history has not committed, in order of arrival
   */
  record Snapshot(
      String epoch,
      long token,
      long number,
      List<DeviceRecord> devices,
      List<PendingEvent> pending) {}

  /**
   * A pending event.
   *
   * @param event what happened
   * @param unrecordedReason why history refused it, or null while it is only waiting
   */
  record PendingEvent(DeviceEvent event, @Nullable String unrecordedReason) {
    /** Its key. */
    public EventKey key() {
      return event.key();
    }
  }
}

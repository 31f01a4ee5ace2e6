package sightline.bus;

import java.util.List;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;
import sightline.protocol.Refused;

/** What a subscriber of the live bus receives. Immutable. */
public sealed interface BusMessage {
  /**
   * The devices that changed in one round, each whole and at most once.
   *
   * @param epoch names the hot state's life; another one means that all was rewritten
   * @param token the lease of the bridge that made it; it never falls
   * @param number counts the batches of an epoch and token, from 1, without a hole
   * @param devices their newest state
   */
  record Batch(String epoch, long token, long number, List<DeviceRecord> devices)
      implements BusMessage {}

  /**
   * Events that have just arrived and that history has not committed yet.
   *
   * @param events in order of arrival
   */
  record Pending(List<DeviceEvent> events) implements BusMessage {}

  /**
   * News of entries that history has committed; a loss of it is mended by reading history.
   *
   * @param entries in order of {@code seq}, without a hole inside
   */
  record Entries(List<LogEntry> entries) implements BusMessage {}

  /**
   * An event that history itself refused; it is in the dead-letter table.
   *
   * @param key which event
   * @param reason a word for the wire, such as {@code store}
   */
  record Unrecorded(EventKey key, String reason) implements BusMessage {}

  /**
   * The bridge is alive. Ages are in ms, by the bridge's monotonic clock.
   *
   * @param newestSeq the newest entry of the event log that the bridge knows
   * @param brokerAgeMillis since the bridge's own beat last came back through the broker
   * @param historyAgeMillis since history last answered
   * @param eventsWaiting events that are received and not yet committed
   * @param time by the clock that stamps {@link DeviceRecord#lastSeen}, epoch ms; 0 where a bridge
   *     of an earlier version does not say
   * @param positionsShed positions that this bridge has shed so far
   * @param brokerDropped messages that the broker says it has dropped since its start; 0 where it
   *     does not say
   */
  record BridgeBeat(
      long newestSeq,
      long brokerAgeMillis,
      long historyAgeMillis,
      int eventsWaiting,
      long time,
      long positionsShed,
      long brokerDropped)
      implements BusMessage {}

  /**
   * What was refused of ids that are no unit of the fleet; nothing keeps it.
   *
   * @param units those that were refused since the last of these, each once
   */
  record Refusals(List<Unit> units) implements BusMessage {
    /** An id, and what was last refused of it. */
    public record Unit(String id, Refused refused) {}
  }

  /**
   * The recorder is alive.
   *
   * @param recordedThrough positions received up to here (epoch ms) are in history
   * @param lagMillis the age of the oldest position that is not in history yet, ms
   * @param daysWaiting days of positions that are past retention by the clock, and wait for a
   *     command, since they are more than retention may remove by itself
   * @param eventsWaiting events of which the same holds
   */
  record RecorderBeat(long recordedThrough, long lagMillis, long daysWaiting, long eventsWaiting)
      implements BusMessage {
    /** One with which retention is up to date. */
    public RecorderBeat(long recordedThrough, long lagMillis) {
      this(recordedThrough, lagMillis, 0, 0);
    }
  }
}

package sightline.bus;

import java.util.List;
import java.util.function.Consumer;
import sightline.protocol.DeviceEvent;
import sightline.protocol.EventKey;
import sightline.protocol.LogEntry;
import sightline.protocol.Position;

/**
 * What connects the bridge to gateways and recorder: live updates and news of events, and the one
 * writer of hot state and of the position stream.
 *
 * <p>Order: a subscriber gets messages in the order of their publish calls by one publisher, one at
 * a time. Delivery: at most once; a subscriber finds a hole by the numbers of batches and entries
 * and mends it from {@link HotState} and history. Hot state is never behind what was delivered:
 * every write changes it before subscribers are told. Blocking: a call returns when the bus has
 * taken the message, which may take a round trip. Failure: {@link BusUnavailable} where the bus did
 * not answer (whether the message was taken is then unknown: the writer rewrites hot state before
 * it goes on); {@link Fenced} where another bridge holds a higher token, final for this writer.
 */
public interface LiveBus extends AutoCloseable {
  /**
   * One round: makes the batch hot state's newest, appends the positions to the stream, and tells
   * subscribers of the batch, in one step.
   *
   * @param positions all accepted since the last round, older ones too, in order of arrival
   * @param awaited whether a device waits until these, or earlier ones, are in history
   * @return how far stream and history are, as of this step
   */
  StreamState round(BusMessage.Batch batch, List<Position> positions, boolean awaited);

  /** As above, where nobody waits. */
  default StreamState round(BusMessage.Batch batch, List<Position> positions) {
    return round(batch, positions, false);
  }

  /** Adds events to hot state's pending ones, and tells subscribers. */
  void pending(long token, List<DeviceEvent> events);

  /** Removes the entries' events from the pending ones, and tells subscribers. */
  void entries(List<LogEntry> entries);

  /** Marks a pending event as refused by history, keeps it among the pending, and tells. */
  void unrecorded(EventKey key, String reason);

  /** Tells subscribers of a beat; nothing is stored. */
  void beat(BusMessage beat);

  /**
   * Delivers every message from now on, on a thread of the bus, which the listener must not block.
   *
   * @return ends the subscription when closed; no delivery starts after that returns
   */
  Subscription subscribe(Consumer<BusMessage> listener);

  @Override
  void close();

  /** A running subscription. */
  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}

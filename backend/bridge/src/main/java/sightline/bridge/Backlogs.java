package sightline.bridge;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import sightline.bus.StreamState;
import sightline.protocol.JsonOut;
import sightline.protocol.RejectReason;
import sightline.protocol.RejectedPayload;
import sightline.protocol.Topics;

/**
 * Backlogs with an id, from their arrival until their device is answered: once the recorder has put
 * all their positions into history, and never where one of them may be lost. What is forgotten here
 * comes again from its device. Owned by the rounds thread.
 */
final class Backlogs {
  /** Of all devices together; some 3 MB. */
  static final int MOST = 16_384;

  private final UnsentPositions unsent;
  private final MqttPublisher publisher;
  private final BridgeMetrics metrics;
  private final ArrayDeque<Waiting> inOrder = new ArrayDeque<>();
  private final Map<Key, Waiting> byKey = new HashMap<>();

  private record Key(String device, String batch) {}

  /** One that is not answered: its positions among the unsent, and then in the stream. */
  private static final class Waiting {
    private final Key key;
    private final int content;
    private final int refused;
    private final long firstUnsent;
    private final long lastUnsent;

    /** The stream's number before its first position; negative while none is there. */
    private long before = -1;

    /** A number in the stream that its last position is not after; 0 while it is not there. */
    private long through;

    private Waiting(Key key, int content, int refused, long firstUnsent, long lastUnsent) {
      this.key = key;
      this.content = content;
      this.refused = refused;
      this.firstUnsent = firstUnsent;
      this.lastUnsent = lastUnsent;
    }
  }

  Backlogs(UnsentPositions unsent, MqttPublisher publisher, BridgeMetrics metrics) {
    this.unsent = unsent;
    this.publisher = publisher;
    this.metrics = metrics;
    metrics.backlogsWaiting(byKey::size);
  }

  /**
   * Whether its positions are to be taken; else its device has them still, and sends them again.
   */
  boolean takes(LiveInput.Backlog backlog) {
    Waiting known = byKey.get(new Key(backlog.device(), backlog.batch()));
    if (known != null && known.content == backlog.locations().hashCode()) {
      metrics.positionsReturned.increment(backlog.locations().size());
      return false;
    }
    // The answer to the first would pass for one to another of its id: it is to come again later.
    if (known != null || byKey.size() >= MOST || !unsent.hasRoom(backlog.locations().size())) {
      metrics.positionsReturned.increment(backlog.locations().size());
      metrics.refuse(
          backlog.device(),
          "location",
          new RejectedPayload(RejectReason.OVERLOAD, "a backlog, for now; it is to come again"));
      refuse(publisher, backlog.device(), backlog.batch(), RejectReason.OVERLOAD);
      return false;
    }
    return true;
  }

  /**
   * Its positions, bar those refused, are the newest unsent ones.
   *
   * @param before the newest unsent number before them
   */
  void taken(LiveInput.Backlog backlog, int refused, long before) {
    Key key = new Key(backlog.device(), backlog.batch());
    if (unsent.added() == before) {
      answer(key, refused);
      return;
    }
    Waiting waiting =
        new Waiting(key, backlog.locations().hashCode(), refused, before + 1, unsent.added());
    byKey.put(key, waiting);
    inOrder.addLast(waiting);
  }

  /** Whether a device waits for an answer. */
  boolean awaited() {
    return !inOrder.isEmpty();
  }

  /** After a round with so many positions: answers, and forgets what may be lost. */
  void progress(int sent, StreamState stream) {
    Iterator<Waiting> each = inOrder.iterator();
    while (each.hasNext()) {
      Waiting waiting = each.next();
      if (waiting.through == 0) {
        place(waiting, sent, stream);
      }
      boolean stored = waiting.through > 0 && stream.stored() >= waiting.through;
      if (stored || lost(waiting, stream)) {
        each.remove();
        byKey.remove(waiting.key);
        if (stored) {
          answer(waiting.key, waiting.refused);
        }
      }
    }
  }

  private boolean lost(Waiting waiting, StreamState stream) {
    boolean here = waiting.through == 0 && unsent.droppedThrough() >= waiting.firstUnsent;
    return here || (waiting.before >= 0 && stream.dropped() > waiting.before);
  }

  private void place(Waiting waiting, int sent, StreamState stream) {
    if (waiting.before < 0 && unsent.removedThrough() >= waiting.firstUnsent) {
      waiting.before = stream.appended() - sent;
    }
    if (unsent.removedThrough() >= waiting.lastUnsent
        && unsent.droppedThrough() < waiting.firstUnsent) {
      waiting.through = stream.appended();
    }
  }

  /** The bus may have lost what it had: whoever has positions there is not answered for them. */
  void forget() {
    Iterator<Waiting> each = inOrder.iterator();
    while (each.hasNext()) {
      Waiting waiting = each.next();
      if (waiting.before >= 0) {
        each.remove();
        byKey.remove(waiting.key);
      }
    }
  }

  private void answer(Key key, int refused) {
    JsonOut out = new JsonOut(96);
    out.open('{').name("batch").string(key.batch);
    if (refused > 0) {
      out.name("refused").number(refused);
    }
    publish(publisher, key.device, out);
  }

  /** Says that none of it was taken. */
  static void refuse(MqttPublisher publisher, String device, String batch, RejectReason reason) {
    JsonOut out = new JsonOut(96);
    out.open('{').name("batch").string(batch).name("rejected").string(reason.wireName());
    publish(publisher, device, out);
  }

  /** An answer that is lost with the connection is given when the backlog comes again. */
  private static void publish(MqttPublisher publisher, String device, JsonOut out) {
    var _ =
        publisher
            .publish(Topics.acks(device), out.close('}').toBytes(), 1, false)
            .exceptionally(lost -> null);
  }
}

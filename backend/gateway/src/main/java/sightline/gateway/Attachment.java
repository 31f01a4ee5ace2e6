package sightline.gateway;

import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import java.util.List;

/**
 * A browser's new subscription, from the hub to its event loop: what it is told first, and its
 * place. The receiver owns one reference to each frame.
 *
 * @param pins handles of devices that no departure from a cell takes away
 * @param generation counts the subscriptions of the browser
 * @param frames snapshot, counts, pending events, health: in this order; or, where it goes on, who
 *     has left the picture and who has come into it
 * @param events whether it wants events
 * @param seq the entry of the log after which it is told, or {@link #KEEP}
 * @param goesOn whether the picture goes on, so that what was missed of it is missed still
 * @param n where it goes on, the number of the update in it, 0 for none
 * @param moved where it goes on, the devices that the frames tell of
 */
record Attachment(
    Place place,
    BitSet pins,
    int generation,
    List<ByteBuf> frames,
    boolean events,
    long seq,
    boolean goesOn,
    long n,
    Handles moved) {
  /** As {@code seq}: where the browser is already. */
  static final long KEEP = -1;

  void release() {
    frames.forEach(ByteBuf::release);
  }
}

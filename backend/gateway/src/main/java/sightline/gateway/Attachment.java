package sightline.gateway;

import io.netty.buffer.ByteBuf;
import java.util.List;

/**
 * A browser's new subscription, from the hub to its event loop: what it is told first, and its
 * place. The receiver owns one reference to each frame.
 *
 * @param generation counts the subscriptions of the browser
 * @param frames snapshot, pending events, health: in this order
 * @param events whether it wants events
 * @param seq the entry of the log after which it is told, or {@link #KEEP}
 */
record Attachment(View view, int generation, List<ByteBuf> frames, boolean events, long seq) {
  /** As {@code seq}: where the browser is already. */
  static final long KEEP = -1;

  void release() {
    frames.forEach(ByteBuf::release);
  }
}

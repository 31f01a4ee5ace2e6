package sightline.gateway;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn's frames, from the hub to every event loop. Immutable; the hub's references to its
 * buffers are released when the last loop has issued its writes.
 *
 * @param n the number of the updates in it
 * @param newestSeq the newest entry of the event log that the hub has told
 * @param deliveries a view each
 * @param cells a cell each
 * @param oldestNanos when the oldest of it came from the bus
 */
record Broadcast(
    long n, long newestSeq, List<Delivery> deliveries, List<CellNews> cells, long oldestNanos) {
  /**
   * What one view is told.
   *
   * @param updates changed devices as one frame of JSON, or null where nobody takes it
   * @param binary the same in binary
   * @param slots the handles of those devices
   * @param pending news of events that no cursor counts, as frames, or null
   * @param entries entries of the log as frames, or null where none of these is told in this view
   * @param firstSeq the first entry of this turn, 0 where there was none
   * @param lastSeq the last entry of this turn
   * @param entryCount how many of them are in {@code entries}
   */
  record Delivery(
      View view,
      @Nullable ByteBuf updates,
      @Nullable ByteBuf binary,
      Handles slots,
      @Nullable ByteBuf pending,
      @Nullable ByteBuf entries,
      long firstSeq,
      long lastSeq,
      int entryCount) {
    @Nullable ByteBuf updates(Wire wire) {
      return wire == Wire.BINARY ? binary : updates;
    }

    void release() {
      release(updates);
      release(binary);
      release(pending);
      release(entries);
    }

    private static void release(@Nullable ByteBuf buffer) {
      if (buffer != null) {
        buffer.release();
      }
    }
  }

  void release() {
    deliveries.forEach(Delivery::release);
    cells.forEach(CellNews::release);
  }
}

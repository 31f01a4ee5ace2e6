package sightline.gateway;

import io.netty.buffer.ByteBuf;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What a browser missed while it could not be written to: the question and the answer. */
final class CatchUp {
  private CatchUp() {}

  /**
   * From an event loop to the hub. The set is handed over.
   *
   * @param generation the browser's subscription
   * @param dirty handles of devices that it has not been told of, or null for none
   * @param afterSeq the last entry that it was told, or -1 where it lacks none
   * @param pending whether it missed news that no cursor counts
   */
  record Request(
      LiveSession session,
      int generation,
      @Nullable BitSet dirty,
      long afterSeq,
      boolean pending) {}

  /**
   * From the hub to the event loop, which owns one reference to each frame.
   *
   * @param n the number of {@code updates}
   * @param updates the newest state of the dirty devices, or null
   * @param covered what {@code updates} holds, to be dirty again where it could not be written
   * @param rest dirty devices that did not fit in, or null
   * @param pending all that are pending, or null
   * @param entries entries of the log, or null where none of them is told in the view
   * @param afterSeq the request's; a delivery may have told some of the entries meanwhile
   * @param lastSeq the last of the entries gone through, or -1 where none was asked for
   * @param entryCount how many are in {@code entries}
   */
  record Answer(
      int generation,
      long n,
      @Nullable ByteBuf updates,
      @Nullable BitSet covered,
      @Nullable BitSet rest,
      @Nullable ByteBuf pending,
      @Nullable ByteBuf entries,
      long afterSeq,
      long lastSeq,
      int entryCount) {
    void release() {
      release(updates);
      release(pending);
      release(entries);
    }

    private static void release(@Nullable ByteBuf buffer) {
      if (buffer != null) {
        buffer.release();
      }
    }
  }
}

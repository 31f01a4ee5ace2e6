package sightline.bench;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All that one browser read, a message a line, to be decoded after the run; what is past the bound
 * is left out, whole messages only. Owned by the generator's thread.
 */
final class Recording {
  private static final int BLOCK_BYTES = 1 << 20;
  private static final int MOST_BLOCKS = 32;

  private final List<byte[]> blocks = new ArrayList<>();
  private int used = BLOCK_BYTES;
  private long length;
  private long wholeMessages;
  private boolean full;

  void payload(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && room()) {
      int take = Math.min(to - at, BLOCK_BYTES - used);
      System.arraycopy(bytes, at, blocks.getLast(), used, take);
      used += take;
      length += take;
      at += take;
    }
  }

  void messageEnd() {
    if (room()) {
      blocks.getLast()[used++] = '\n';
      length++;
      wholeMessages = length;
    }
  }

  private boolean room() {
    if (used == BLOCK_BYTES && !full) {
      full = blocks.size() == MOST_BLOCKS;
      if (!full) {
        blocks.add(new byte[BLOCK_BYTES]);
        used = 0;
      }
    }
    return !full;
  }

  /** The whole messages, each ended by a newline. */
  InputStream messages() {
    List<InputStream> parts = new ArrayList<>();
    long rest = wholeMessages;
    for (byte[] block : blocks) {
      parts.add(new ByteArrayInputStream(block, 0, (int) Math.min(rest, BLOCK_BYTES)));
      rest -= Math.min(rest, BLOCK_BYTES);
    }
    return new SequenceInputStream(Collections.enumeration(parts));
  }
}

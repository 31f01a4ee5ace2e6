package sightline.device;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Positions that could not be sent when they were taken, in the order of their sequence numbers; at
 * its bound the oldest is shed. For any thread; its lock is itself.
 */
final class Backlog {
  private static final byte[] NONE = {};

  private final int capacity;
  private final TreeMap<Long, byte[]> bySeq = new TreeMap<>();
  private long shed;

  Backlog(int capacity) {
    this.capacity = capacity;
  }

  synchronized void add(long seq, byte[] position) {
    bySeq.put(seq, position);
    if (bySeq.size() > capacity) {
      bySeq.pollFirstEntry();
      shed++;
    }
  }

  /**
   * The oldest positions as one JSON array of at most {@code maxBytes}, or null when there are
   * none.
   */
  synchronized @Nullable Chunk oldest(int maxBytes) {
    List<Long> seqs = new ArrayList<>();
    int bytes = 2;
    for (var entry : bySeq.entrySet()) {
      int more = entry.getValue().length + (seqs.isEmpty() ? 0 : 1);
      if (bytes + more > maxBytes) {
        break;
      }
      bytes += more;
      seqs.add(entry.getKey());
    }
    return seqs.isEmpty() ? null : new Chunk(seqs, array(seqs, bytes));
  }

  /** Forgets what was delivered. */
  synchronized void remove(Chunk delivered) {
    delivered.seqs().forEach(bySeq::remove);
  }

  synchronized int size() {
    return bySeq.size();
  }

  /** How many positions were shed, ever. */
  synchronized long shed() {
    return shed;
  }

  private byte[] array(List<Long> seqs, int bytes) {
    byte[] array = new byte[bytes];
    int length = 0;
    for (Long seq : seqs) {
      array[length] = (byte) (length == 0 ? '[' : ',');
      length++;
      byte[] position = bySeq.getOrDefault(seq, NONE);
      System.arraycopy(position, 0, array, length, position.length);
      length += position.length;
    }
    array[length] = ']';
    return array;
  }

  /** Some positions, and the payload that carries them. Nobody writes to either. */
  static final class Chunk {
    private final List<Long> seqs;
    private final byte[] payload;

    private Chunk(List<Long> seqs, byte[] payload) {
      this.seqs = seqs;
      this.payload = payload;
    }

    List<Long> seqs() {
      return seqs;
    }

    byte[] payload() {
      return payload;
    }
  }
}

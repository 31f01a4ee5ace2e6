package sightline.device;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A backlog that ends with the process, in the order of the sequence numbers. Its lock is itself.
 */
final class MemoryBacklog implements Backlog {
  private final int capacity;
  private final TreeMap<Long, byte[]> bySeq = new TreeMap<>();
  private long shed;

  MemoryBacklog(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public void open() {}

  @Override
  public synchronized void add(long seq, byte[] position) {
    bySeq.put(seq, position);
    if (bySeq.size() > capacity) {
      bySeq.pollFirstEntry();
      shed++;
    }
  }

  @Override
  public synchronized @Nullable Chunk after(long number, int maxBytes) {
    List<Long> numbers = new ArrayList<>();
    List<byte[]> positions = new ArrayList<>();
    int bytes = 0;
    for (var entry : bySeq.tailMap(number, false).entrySet()) {
      bytes += entry.getValue().length + 1;
      if (bytes - 1 > maxBytes) {
        break;
      }
      numbers.add(entry.getKey());
      positions.add(entry.getValue());
    }
    return numbers.isEmpty() ? null : new Chunk(numbers, positions);
  }

  @Override
  public synchronized void remove(Chunk answered) {
    answered.numbers().forEach(bySeq::remove);
  }

  @Override
  public void sync() {}

  @Override
  public synchronized int size() {
    return bySeq.size();
  }

  @Override
  public synchronized long shed() {
    return shed;
  }

  @Override
  public void close() {}
}

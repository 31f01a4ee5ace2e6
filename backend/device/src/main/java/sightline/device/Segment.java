package sightline.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One file of a backlog on disk: the positions from a number on, a {@link SpoolLine} each. Owned by
 * its backlog, under its lock.
 */
final class Segment {
  final Path path;
  final long first;
  private final BitSet held = new BitSet();
  private int remaining;
  private long last;
  long bytes;

  Segment(Path path, long first) {
    this.path = path;
    this.first = first;
    last = first - 1;
  }

  /** One that an earlier life left; a torn or damaged line was never kept, or is lost. */
  static Segment read(Path path, long first) throws IOException {
    Segment segment = new Segment(path, first);
    segment.positions().keySet().forEach(segment::holds);
    segment.bytes = Files.size(path);
    return segment;
  }

  void holds(long number) {
    int at = (int) (number - first);
    last = Math.max(last, number);
    if (!held.get(at)) {
      held.set(at);
      remaining++;
    }
  }

  /** Whether it held the number. */
  boolean remove(long number) {
    int at = (int) (number - first);
    if (!held.get(at)) {
      return false;
    }
    held.clear(at);
    remaining--;
    return true;
  }

  boolean has(long number) {
    return held.get((int) (number - first));
  }

  int remaining() {
    return remaining;
  }

  /** The newest number that it ever held, or the one before its first. */
  long last() {
    return last;
  }

  /** All that its file has, by number. */
  NavigableMap<Long, byte[]> positions() throws IOException {
    NavigableMap<Long, byte[]> positions = new TreeMap<>();
    byte[] log = Files.readAllBytes(path);
    int from = 0;
    for (int to = 0; to < log.length; to++) {
      if (log[to] == '\n') {
        SpoolLine line = SpoolLine.parse(log, from, to);
        byte[] payload = line == null ? null : line.payload();
        if (line != null && payload != null) {
          long number = Long.parseLong(line.id());
          if (number >= first && number - first < DiskBacklog.FILE_POSITIONS) {
            positions.put(number, payload);
          }
        }
        from = to + 1;
      }
    }
    return positions;
  }
}

package sightline.drill;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayList;
import java.util.List;

/** Who came back how long after a strike. For any thread; its lock is itself. */
final class Returns {
  private static final double MILLI_NANOS = 1e6;
  private static final int ROW = 10;

  @GuardedBy("this")
  private final List<Long> afterMillis = new ArrayList<>();

  @GuardedBy("this")
  private long struckNanos;

  @GuardedBy("this")
  private boolean open;

  /** A strike: who comes from now on comes back after it. */
  synchronized void struck(long nanos) {
    struckNanos = nanos;
    open = true;
  }

  /** Somebody is there again. */
  synchronized void came(long nanos) {
    if (open) {
      afterMillis.add((long) ((nanos - struckNanos) / MILLI_NANOS));
    }
  }

  synchronized int count() {
    return afterMillis.size();
  }

  /** How many came in each span of time, from the strike on. */
  synchronized int[] histogram(int bucketMillis) {
    long last = afterMillis.stream().mapToLong(Long::longValue).max().orElse(0);
    int[] counts = new int[(int) (last / bucketMillis) + 1];
    afterMillis.forEach(after -> counts[(int) (after / bucketMillis)]++);
    return counts;
  }

  /** The latest of them, ms. */
  synchronized long lastMillis() {
    return afterMillis.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** The share of all that came in the fullest span. */
  double fullest(int bucketMillis) {
    int most = 0;
    for (int each : histogram(bucketMillis)) {
      most = Math.max(most, each);
    }
    return most / (double) Math.max(1, count());
  }

  /** The histogram, ten spans a line. */
  List<String> lines(int bucketMillis) {
    int[] counts = histogram(bucketMillis);
    List<String> lines = new ArrayList<>();
    for (int from = 0; from < counts.length; from += ROW) {
      StringBuilder line = new StringBuilder("%6.1f s".formatted(from * bucketMillis / 1_000.0));
      for (int i = from; i < Math.min(counts.length, from + ROW); i++) {
        line.append("%5d".formatted(counts[i]));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}

package sightline.app;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sightline.bus.BusUnavailable;
import sightline.protocol.ProbeRound;
import sightline.redis.RedisRounds;

/**
 * The probe's measurements between processes: the probe's adds them, a gateway's reads them, and
 * each bears a Redis that is away. The probe's thread adds; any thread may read.
 */
final class SharedRounds {
  private static final Logger LOG = LoggerFactory.getLogger(SharedRounds.class);
  private static final long FRESH_NANOS = 2_000_000_000L;

  private final RedisRounds rounds;
  private final int keep;

  /** Measured while Redis was away, oldest first; the probe's thread's. */
  private final ArrayDeque<ProbeRound> waiting = new ArrayDeque<>();

  @GuardedBy("this")
  private List<ProbeRound> last = List.of();

  @GuardedBy("this")
  private long readNanos = System.nanoTime() - FRESH_NANOS;

  SharedRounds(RedisRounds rounds, int keep) {
    this.rounds = rounds;
    this.keep = keep;
  }

  /** Adds one, and before it those that could not be added. */
  void add(ProbeRound round) {
    waiting.addLast(round);
    if (waiting.size() > keep) {
      waiting.removeFirst();
    }
    try {
      while (!waiting.isEmpty()) {
        rounds.add(waiting.getFirst(), keep);
        waiting.removeFirst();
      }
    } catch (BusUnavailable e) {
      LOG.debug("measurements wait for Redis: {}", e.getMessage());
    }
  }

  /**
   * Those that are kept, oldest first, as of the last two seconds; the last known without Redis.
   */
  synchronized List<ProbeRound> read() {
    long now = System.nanoTime();
    if (now - readNanos >= FRESH_NANOS) {
      readNanos = now;
      try {
        last = rounds.read();
      } catch (BusUnavailable e) {
        LOG.debug("the probe's measurements can't be read: {}", e.getMessage());
      }
    }
    return last;
  }
}

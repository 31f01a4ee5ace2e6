package sightline.gateway;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of answers wait for their readers, over all and by address: who does not read must
 * not fill the memory of everybody. Any thread.
 */
final class AnswersInFlight {
  /** An answer up to this counts for nothing: to say so takes no less. */
  static final long FREE_BYTES = 4_096;

  private final long most;
  private final long mostByAddress;
  private final AtomicLong all = new AtomicLong();

  /** Without those that have none; bounded by {@link #all}. */
  private final ConcurrentHashMap<String, Long> byAddress = new ConcurrentHashMap<>();

  AnswersInFlight(HttpSettings settings, GatewayMetrics metrics) {
    most = settings.answerBytes();
    mostByAddress = settings.answerBytesByAddress();
    metrics.answerBytes(all);
  }

  /** A part of the bound, given back once. Its event loop's. */
  final class Share {
    private final String address;
    private long bytes;

    private Share(String address, long bytes) {
      this.address = address;
      this.bytes = bytes;
    }

    void giveBack() {
      if (bytes > 0) {
        long mine = bytes;
        bytes = 0;
        all.addAndGet(-mine);
        byAddress.computeIfPresent(address, (key, held) -> held == mine ? null : held - mine);
      }
    }
  }

  /**
   * Room for an answer, or null where there is none now. An answer that is larger than the bound
   * has room where nothing else is under way.
   */
  @Nullable Share take(String address, long bytes) {
    if (bytes <= FREE_BYTES) {
      return new Share(address, 0);
    }
    long before = all.getAndAdd(bytes);
    if (before > 0 && before + bytes > most) {
      all.addAndGet(-bytes);
      return null;
    }
    boolean[] taken = {false};
    byAddress.compute(
        address,
        (key, held) -> {
          taken[0] = held == null || held + bytes <= mostByAddress;
          return taken[0] ? (held == null ? bytes : Long.valueOf(held + bytes)) : held;
        });
    if (!taken[0]) {
      all.addAndGet(-bytes);
      return null;
    }
    return new Share(address, bytes);
  }
}

package sightline.broker;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that the MQTT port ended, by why: each is counted, and said in the log once a minute
 * for each client and reason. Any thread.
 */
public final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger("MqttPort");
  private static final long SAID_FOR_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** So many are remembered as said; with more in a minute, further ones are only counted. */
  private static final int MOST_SAID = 256;

  /** Why a connection was ended. */
  public enum Reason {
    /** It does not begin with a CONNECT: HTTP, a WebSocket, TLS, rubbish. */
    NOT_MQTT,
    /** It did not say a whole CONNECT in time. */
    SILENT,
    /** The oldest of too many that had not said theirs. */
    TOO_MANY,
    /** A CONNECT or a packet over its bound. */
    TOO_LARGE,
    /** A packet that is none. */
    MALFORMED;

    /** As in a metric's label. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  private final LongSupplier nanos;
  private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

  /** When each was last said. Guarded by itself. */
  private final Map<String, Long> said = new HashMap<>();

  /** By a monotonic clock. */
  Refusals(LongSupplier nanos) {
    this.nanos = nanos;
    for (Reason reason : Reason.values()) {
      counts.put(reason, new LongAdder());
    }
  }

  /** How many ended for a reason. */
  public long count(Reason reason) {
    LongAdder count = counts.get(reason);
    return count == null ? 0 : count.sum();
  }

  /**
   * Counts one.
   *
   * @param who a client id or an address
   */
  void add(Reason reason, String who, String detail) {
    LongAdder count = counts.get(reason);
    if (count != null) {
      count.increment();
    }
    if (due(reason + " " + who)) {
      LOG.warn("Ended the connection of {}: {} ({})", who, detail, reason.label());
    }
  }

  private boolean due(String what) {
    long now = nanos.getAsLong();
    synchronized (said) {
      Long before = said.get(what);
      if (before != null && now - before < SAID_FOR_NANOS) {
        return false;
      }
      if (said.size() >= MOST_SAID) {
        said.values().removeIf(at -> now - at >= SAID_FOR_NANOS);
      }
      if (said.size() >= MOST_SAID) {
        return false;
      }
      said.put(what, now);
      return true;
    }
  }
}

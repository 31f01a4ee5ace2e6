package sightline.probe;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Mosquitto tells of itself at {@code $SYS/broker/…}, and the connections that ended, by its
 * log at {@code $SYS/broker/log/…}. The MQTT client's thread writes; any thread may read.
 */
public final class BrokerFigures {
  /** Mosquitto tells each second (`sys_interval 1`). */
  static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final String SYS = "$SYS/broker/";
  private static final String LOG = SYS + "log/";
  private static final String OWN = "_sightline";

  /** A line of its log begins with the time, where its configuration has not turned that off. */
  private static final Pattern ENDED =
      Pattern.compile(
          "(?:\\S+: )?Client (.+?) (?:(?<left>disconnected\\.)"
              + "|(?<timeout>has exceeded timeout, disconnecting\\.)"
              + "|(?<taken>already connected, closing old connection\\.)"
              + "|(?<refused>disconnected[,:] not authorised\\.)"
              + "|(?<lost>closed its connection\\.|disconnected due to .*|disconnected[,:] .*))");

  private static final Pattern NUMBER = Pattern.compile("\\d+");

  /** Why a client's connection ended. */
  public enum Ended {
    /** With a DISCONNECT. */
    LEFT,
    /** Without: closed, reset, or against the protocol. */
    LOST,
    /** Silent for longer than its keep-alive. */
    TIMEOUT,
    /** Another connection came with its client id. */
    TAKEN,
    /** The broker ended it for what it may not. */
    REFUSED;

    /** As in a metric's label. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final Map<String, Long> values = new HashMap<>();
  private final Map<String, Long> counted = new HashMap<>();
  private final Map<Ended, AtomicLong> ended = new EnumMap<>(Ended.class);
  private volatile long heardNanos = System.nanoTime() - SILENT_NANOS;

  /** Nothing is heard yet. */
  public BrokerFigures() {
    for (Ended each : Ended.values()) {
      ended.put(each, new AtomicLong());
    }
  }

  /**
   * A figure as the broker last told it; NaN where the broker has been silent for 5 s, or has none.
   *
   * @param topic below {@code $SYS/broker/}
   */
  public double value(String topic) {
    synchronized (values) {
      Long value = values.get(topic);
      return value == null || !heard() ? Double.NaN : value;
    }
  }

  /**
   * By how much a count of the broker's has grown since it was first heard here; one that is
   * smaller than before is a new broker's, and counts whole.
   *
   * @param topic below {@code $SYS/broker/}
   */
  public double counted(String topic) {
    synchronized (values) {
      return counted.getOrDefault(topic, 0L);
    }
  }

  /** Connections that ended, of clients that are not our own. */
  public double ended(Ended how) {
    AtomicLong count = ended.get(how);
    return count == null ? 0 : count.get();
  }

  /** Whether the broker told something within 5 s. */
  public boolean heard() {
    return System.nanoTime() - heardNanos < SILENT_NANOS;
  }

  /**
   * Takes one publish of the broker's.
   *
   * @param retained whether it may be an old one: no sign of life
   */
  void hear(String topic, String payload, boolean retained) {
    if (!retained) {
      heardNanos = System.nanoTime();
    }
    if (topic.startsWith(LOG)) {
      line(payload);
    } else if (topic.startsWith(SYS)) {
      Matcher number = NUMBER.matcher(payload);
      if (number.lookingAt()) {
        take(topic.substring(SYS.length()), Long.parseLong(number.group()));
      }
    }
  }

  private void take(String name, long value) {
    synchronized (values) {
      Long before = values.put(name, value);
      if (before != null) {
        counted.merge(name, value >= before ? value - before : value, Long::sum);
      }
    }
  }

  private void line(String line) {
    Matcher matcher = ENDED.matcher(line);
    if (!matcher.matches() || matcher.group(1).startsWith(OWN)) {
      return;
    }
    for (Ended each : Ended.values()) {
      AtomicLong count = ended.get(each);
      if (count != null && matcher.group(each.label()) != null) {
        count.incrementAndGet();
      }
    }
  }
}

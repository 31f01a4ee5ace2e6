package sightline.history;

import org.jspecify.annotations.Nullable;
import sightline.protocol.DeviceEvent;

/**
 * Which events to find; null is any. Immutable.
 *
 * @param byReceived whether the span is of when it was received, and not of its timestamp: a
 *     device's clock may be years off
 * @param fromMillis at or after, epoch ms; Long.MIN_VALUE for any
 * @param toMillis before, epoch ms; Long.MAX_VALUE for any
 * @param device of this device
 * @param type of this type
 * @param severity of this severity
 * @param beforeSeq only entries with a lower number, for the next page; Long.MAX_VALUE for the
 *     first
 * @param limit at most this many
 */
public record EventQuery(
    boolean byReceived,
    long fromMillis,
    long toMillis,
    @Nullable String device,
    @Nullable String type,
    @Nullable String severity,
    long beforeSeq,
    int limit) {
  /** The same from another entry on, and of another length. */
  public EventQuery page(long before, int most) {
    return new EventQuery(byReceived, fromMillis, toMillis, device, type, severity, before, most);
  }

  /** The column that the span is of. */
  public String spanColumn() {
    return byReceived ? "received" : "timestamp";
  }

  /** Whether there is a span at all. */
  public boolean hasSpan() {
    return fromMillis != Long.MIN_VALUE || toMillis != Long.MAX_VALUE;
  }

  /** Whether the span holds an event. */
  public boolean spans(DeviceEvent event) {
    long millis = byReceived ? event.received() : event.timestamp();
    return millis >= fromMillis && millis < toMillis;
  }
}

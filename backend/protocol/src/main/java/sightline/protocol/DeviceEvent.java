package sightline.protocol;

import org.jspecify.annotations.Nullable;

/**
 * An event of a device, as published on {@code devices/{id}/events} and everywhere after it; its
 * key is (device, id). Immutable.
 *
 * @param device the device's id
 * @param id unique for its device, {@code [A-Za-z0-9_.:-]{1,64}}
 * @param timestamp the device's clock, epoch ms; never a reason to refuse it
 * @param received when the bridge first received it, epoch ms
 * @param type {@code alert}, {@code trigger}, {@code incident} or the owner's own
 * @param severity {@code critical}, {@code warning}, {@code info} or the owner's own; null is
 *     absent
 * @param message for people; null is absent
 * @param lat degrees WGS84, or NaN where not given
 * @param lon degrees WGS84, or NaN where not given
 * @param data a JSON object as text: the event's own {@code data} and its unknown fields; null is
 *     absent
 */
public record DeviceEvent(
    String device,
    String id,
    long timestamp,
    long received,
    String type,
    @Nullable String severity,
    @Nullable String message,
    double lat,
    double lon,
    @Nullable String data) {

  /** The severity that raises a device's alarm flag until it is acknowledged. */
  public static final String CRITICAL = "critical";

  /** Whether it raises its device's alarm flag. */
  public boolean critical() {
    return CRITICAL.equals(severity);
  }

  /** What makes it the same event, wherever it is met again. */
  public EventKey key() {
    return new EventKey(device, id);
  }
}

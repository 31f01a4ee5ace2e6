package sightline.device;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened, to be recorded once. Immutable, for any thread.
 *
 * @param id unique for the device, {@code [A-Za-z0-9_.:-]{1,64}}; null: {@link Device#send} makes
 *     one
 * @param timestamp milliseconds since the Unix epoch, by the device's clock; 0: when it is sent
 * @param type {@code alert}, {@code trigger}, {@code incident}, or the owner's own
 * @param severity {@code critical}, {@code warning}, {@code info}, or the owner's own
 * @param lat WGS84 degrees, or NaN where unknown
 * @param lon WGS84 degrees, or NaN where unknown
 * @param data JSON values by name: strings, finite numbers, booleans, and maps and lists of them
 */
public record Event(
    @Nullable String id,
    long timestamp,
    String type,
    @Nullable String severity,
    @Nullable String message,
    double lat,
    double lon,
    Map<String, Object> data) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

  /**
   * @throws IllegalArgumentException when a field is out of its range
   */
  public Event {
    check(id == null || ID.matcher(id).matches(), "id", id);
    check(timestamp >= 0, "timestamp", timestamp);
    check(!type.isBlank(), "type", type);
    check(Double.isNaN(lat) || Math.abs(lat) <= 90, "lat", lat);
    check(Double.isNaN(lon) || Math.abs(lon) <= 180, "lon", lon);
    data = Map.copyOf(data);
  }

  /** An event of now, of this type, with nothing else known. */
  public static Event of(String type) {
    return new Event(null, 0, type, null, null, Double.NaN, Double.NaN, Map.of());
  }

  public Event withId(String newId) {
    return new Event(newId, timestamp, type, severity, message, lat, lon, data);
  }

  /** The same event, at another time (epoch milliseconds). */
  public Event happenedAt(long millis) {
    return new Event(id, millis, type, severity, message, lat, lon, data);
  }

  public Event severity(String newSeverity) {
    return new Event(id, timestamp, type, newSeverity, message, lat, lon, data);
  }

  public Event message(String newMessage) {
    return new Event(id, timestamp, type, severity, newMessage, lat, lon, data);
  }

  /** With its place, in WGS84 degrees. */
  public Event at(double newLat, double newLon) {
    return new Event(id, timestamp, type, severity, message, newLat, newLon, data);
  }

  /** With one more value beside it. */
  public Event data(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(data);
    more.put(name, value);
    return new Event(id, timestamp, type, severity, message, lat, lon, more);
  }

  byte[] encode(String eventId, long millis) {
    JsonWriter json = new JsonWriter(256).beginObject();
    json.name("id").value(eventId).name("timestamp").value(millis).name("type").value(type);
    if (severity != null) {
      json.name("severity").value(severity);
    }
    if (message != null) {
      json.name("message").value(message);
    }
    if (!Double.isNaN(lat) && !Double.isNaN(lon)) {
      json.name("lat").value(lat, 7).name("lon").value(lon, 7);
    }
    if (!data.isEmpty()) {
      json.name("data").any(data);
    }
    return json.endObject().toBytes();
  }

  private static void check(boolean holds, String field, @Nullable Object value) {
    if (!holds) {
      throw new IllegalArgumentException("an event's " + field + " can't be " + value);
    }
  }
}

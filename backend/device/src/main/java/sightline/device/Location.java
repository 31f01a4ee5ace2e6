package sightline.device;

/**
 * One position. Immutable, for any thread.
 *
 * @param timestamp milliseconds since the Unix epoch, by the device's clock; 0: when it is reported
 * @param lat WGS84 degrees, −90 to 90
 * @param lon WGS84 degrees, −180 to 180
 * @param heading degrees clockwise from true north, [0,360), or NaN where unknown
 * @param speed metres per second, or NaN where unknown
 * @param accuracy metres, or NaN where unknown
 * @param altitude metres, or NaN where unknown
 */
public record Location(
    long timestamp,
    double lat,
    double lon,
    double heading,
    double speed,
    double accuracy,
    double altitude) {

  /**
   * @throws IllegalArgumentException when a field is out of its range
   */
  public Location {
    check(timestamp >= 0, "timestamp", timestamp);
    check(Math.abs(lat) <= 90, "lat", lat);
    check(Math.abs(lon) <= 180, "lon", lon);
    check(Double.isNaN(heading) || (heading >= 0 && heading < 360), "heading", heading);
    check(Double.isNaN(speed) || (speed >= 0 && speed <= MAX), "speed", speed);
    check(Double.isNaN(accuracy) || (accuracy >= 0 && accuracy <= MAX), "accuracy", accuracy);
    check(Double.isNaN(altitude) || Math.abs(altitude) <= MAX, "altitude", altitude);
  }

  private static final double MAX = 1e6;

  /** A position of now, with nothing else known. */
  public static Location at(double lat, double lon) {
    return new Location(0, lat, lon, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
  }

  /** The same place, taken at another time (epoch milliseconds). */
  public Location takenAt(long millis) {
    return new Location(millis, lat, lon, heading, speed, accuracy, altitude);
  }

  /** With its course over ground, in degrees, and its speed, in metres per second. */
  public Location moving(double degrees, double metresPerSecond) {
    return new Location(timestamp, lat, lon, degrees, metresPerSecond, accuracy, altitude);
  }

  /** With its accuracy, in metres. */
  public Location accurateTo(double metres) {
    return new Location(timestamp, lat, lon, heading, speed, metres, altitude);
  }

  /** With its altitude, in metres. */
  public Location altitude(double metres) {
    return new Location(timestamp, lat, lon, heading, speed, accuracy, metres);
  }

  byte[] encode(long millis, long seq) {
    JsonWriter json = new JsonWriter(192).beginObject();
    json.name("timestamp").value(millis);
    json.name("lat").value(lat, 7).name("lon").value(lon, 7);
    // 359.96 is rounded to 360, which is 0.
    optional(json, "heading", heading >= 359.95 ? 0 : heading, 1);
    optional(json, "speed", speed, 2);
    optional(json, "accuracy", accuracy, 1);
    optional(json, "altitude", altitude, 1);
    return json.name("seq").value(seq).endObject().toBytes();
  }

  private static void optional(JsonWriter json, String name, double value, int digits) {
    if (!Double.isNaN(value)) {
      json.name(name).value(value, digits);
    }
  }

  private static void check(boolean holds, String field, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("a location's " + field + " can't be " + value);
    }
  }
}

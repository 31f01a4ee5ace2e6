package sightline.micro;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import sightline.protocol.LocationParser;
import sightline.protocol.RejectedPayload;

/** The parsing of what a device publishes. */
@State(Scope.Thread)
public class LocationParse {
  private final byte[][] payloads = new byte[Units.COUNT][];
  private int next;

  /** Writes each unit's payload. */
  public LocationParse() {
    for (int unit = 0; unit < payloads.length; unit++) {
      payloads[unit] = payload(unit).getBytes(StandardCharsets.UTF_8);
    }
  }

  private static String payload(int unit) {
    return String.format(
        Locale.ROOT,
        "{\"timestamp\":%d,\"lat\":%.6f,\"lon\":%.6f,\"heading\":%.1f,\"speed\":%.1f,\"seq\":%d}",
        Units.NOW + unit,
        Units.lat(unit, 0),
        Units.lon(unit, 0),
        Units.heading(unit, 0),
        Units.speed(unit, 0),
        1_000 + unit);
  }

  /** One location. */
  @Benchmark
  public LocationParser.Parsed one() throws RejectedPayload {
    next = (next + 1) % payloads.length;
    return LocationParser.parse(payloads[next]);
  }
}

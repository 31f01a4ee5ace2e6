package sightline.probe;

import org.jspecify.annotations.Nullable;
import sightline.protocol.ProbeRound;

/** When each hop was reached, ns from the publish; -1 where it was not. The probe's thread's. */
final class Times {
  private static final double NANOS = 1e6;

  long broker = -1;
  long bridge = -1;
  long browser = -1;

  ProbeRound round(long time, String gateway, @Nullable String failed) {
    return new ProbeRound(
        time,
        gateway,
        failed,
        between(0, broker),
        between(broker, bridge),
        between(bridge, browser),
        between(0, browser));
  }

  private static double between(long from, long to) {
    return to < 0 ? Double.NaN : (to - from) / NANOS;
  }
}

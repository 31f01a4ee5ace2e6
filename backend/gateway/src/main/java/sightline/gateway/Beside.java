package sightline.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import sightline.protocol.ProbeRound;

/**
 * What stands beside a gateway, in its process and on its disk. Immutable.
 *
 * @param probeKey what a probe is known by, so that it is shown its device; empty for none
 * @param probeInterval from one of its measurements to the next; 0 where there is no probe
 * @param rounds its measurements, oldest first
 * @param others the other gateways of the same path, by name
 * @param basemaps the folder where {@code .pmtiles} files are dropped
 */
public record Beside(
    String probeKey,
    Duration probeInterval,
    Supplier<List<ProbeRound>> rounds,
    Supplier<List<OtherGateway>> others,
    Path basemaps) {
  /** The header by which a probe says its key. */
  static final String PROBE_HEADER = "X-Sightline-Probe";

  /** Whether a request is a probe's. */
  boolean isProbe(Request request) {
    String said = request.header(PROBE_HEADER);
    return said != null && !probeKey.isEmpty() && Secrets.same(said, probeKey);
  }
}

package sightline.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One measurement from a device to a browser: a position that the probe published through the
 * broker, and a gateway's word of it. Immutable; times in ms, NaN for a hop that was not reached.
 *
 * @param time when it was published, epoch ms
 * @param gateway the gateway that was asked, as the probe's settings name it
 * @param failed the hop that did not answer in time ({@code broker}, {@code bridge}, {@code bus} or
 *     {@code gateway}), or null where all did
 * @param broker from publishing to a subscriber of the broker
 * @param bridge from there to a subscriber of the bus: bridge and bus
 * @param gatewayHop from there to a browser
 * @param total from publishing to a browser
 */
public record ProbeRound(
    long time,
    String gateway,
    @Nullable String failed,
    double broker,
    double bridge,
    double gatewayHop,
    double total) {

  /** Whether a browser had it within {@code millis}. */
  public boolean within(long millis) {
    return failed == null && total <= millis;
  }
}

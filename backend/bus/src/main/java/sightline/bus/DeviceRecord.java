package sightline.bus;

import org.jspecify.annotations.Nullable;
import sightline.protocol.Position;
import sightline.protocol.Refused;

/**
 * The hot state of one device: all that a gateway needs to know of it, whole. The bridge makes it;
 * immutable.
 *
 * @param id the device's id
 * @param position its newest position by order, or null before the first
 * @param online its status
 * @param offlineReason why it is offline where it did not say so itself, or null
 * @param statusReceived when its status last changed, epoch ms by the bridge's clock
 * @param lastSeen when it last published anything, epoch ms by the bridge's clock
 * @param usualIntervalMillis the moving mean of the gaps between its publishes, 0 where unknown
 * @param battery percent, or null
 * @param signal percent, or null
 * @param session names the device's current run, or null
 * @param kind {@code vehicle}, {@code sensor}, {@code camera} or the owner's own, or null
 * @param name what people call it, or null
 * @param firmware its version, or null
 * @param refused what was last refused of it, and how much, or null
 */
public record DeviceRecord(
    String id,
    @Nullable Position position,
    boolean online,
    @Nullable String offlineReason,
    long statusReceived,
    long lastSeen,
    long usualIntervalMillis,
    @Nullable Integer battery,
    @Nullable Integer signal,
    @Nullable String session,
    @Nullable String kind,
    @Nullable String name,
    @Nullable String firmware,
    @Nullable Refused refused) {

  /** Of which nothing was refused. */
  public DeviceRecord(
      String id,
      @Nullable Position position,
      boolean online,
      @Nullable String offlineReason,
      long statusReceived,
      long lastSeen,
      long usualIntervalMillis,
      @Nullable Integer battery,
      @Nullable Integer signal,
      @Nullable String session,
      @Nullable String kind,
      @Nullable String name,
      @Nullable String firmware) {
    this(
        id,
        position,
        online,
        offlineReason,
        statusReceived,
        lastSeen,
        usualIntervalMillis,
        battery,
        signal,
        session,
        kind,
        name,
        firmware,
        null);
  }
}

package sightline.bridge;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import sightline.protocol.Limits;
import sightline.protocol.NullIsland;
import sightline.protocol.RejectReason;
import sightline.protocol.RejectedPayload;

/**
 * Who may take part, and who does. A place is taken by a valid payload alone, and given back by a
 * unit that is retired. Thread-safe: both MQTT connections ask it.
 */
final class Enrolment {
  /** Devices that measure the path; more of them take part in nothing. */
  static final int MAX_RESERVED = 100;

  /** Events a second of devices without a place that are taken all the same. */
  static final int UNTRACKED_A_SECOND = 100;

  private final DevicesSettings settings;
  private final Set<String> registered;
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final Set<String> reserved = ConcurrentHashMap.newKeySet();

  /** Owned by the events connection's thread. */
  private long untrackedNanos;

  /** Owned by the events connection's thread. */
  private int untracked = UNTRACKED_A_SECOND;

  Enrolment(DevicesSettings settings) {
    this.settings = settings;
    this.registered = Set.copyOf(settings.registered());
  }

  /** Counts a device that took part before this start, whatever the bound is now. */
  void know(String device) {
    if (!Limits.isReserved(device)) {
      known.add(device);
    }
  }

  /** What becomes of positions at 0, 0. */
  NullIsland nullIsland() {
    return settings.nullIsland();
  }

  /** What is said of a publish by who may not take part. */
  static RejectedPayload refused(RejectReason reason) {
    return new RejectedPayload(
        reason,
        reason == RejectReason.NOT_ENROLLED
            ? "the id is not in devices.registered"
            : "there are as many units as devices.max allows");
  }

  /** Gives back the place of a device that is no part of the fleet any more. */
  void release(String device) {
    known.remove(device);
  }

  /** Whether it has a place. */
  boolean tracks(String device) {
    return known.contains(device) || reserved.contains(device);
  }

  /** How many have one. */
  int taken() {
    return known.size();
  }

  /** Lets the device in, or says why not; only for a payload that is valid. */
  @Nullable RejectReason admit(String device) {
    if (Limits.isReserved(device)) {
      return take(reserved, device, MAX_RESERVED);
    }
    if (settings.enrol() == DevicesSettings.Enrol.REGISTERED && !registered.contains(device)) {
      return RejectReason.NOT_ENROLLED;
    }
    return take(known, device, settings.max());
  }

  private static @Nullable RejectReason take(Set<String> places, String device, int max) {
    if (places.contains(device)) {
      return null;
    }
    if (places.size() >= max) {
      return RejectReason.TOO_MANY_DEVICES;
    }
    places.add(device);
    return null;
  }

  /**
   * Whether an event of a device that has no place is taken all the same: it is recorded and shown,
   * and its device is in no list. By the events connection's thread alone.
   */
  boolean takesUntracked(long nowNanos) {
    if (nowNanos - untrackedNanos >= 1_000_000_000L) {
      untrackedNanos = nowNanos;
      untracked = UNTRACKED_A_SECOND;
    }
    return untracked-- > 0;
  }
}

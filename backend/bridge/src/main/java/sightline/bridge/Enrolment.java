package sightline.bridge;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import sightline.protocol.Limits;
import sightline.protocol.RejectReason;

/** Who may take part, and who does. Thread-safe: both MQTT connections ask it. */
final class Enrolment {
  private final DevicesSettings settings;
  private final Set<String> registered;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

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

  /** Lets the device in, or says why not. */
  @Nullable RejectReason admit(String device) {
    if (Limits.isReserved(device)) {
      return null;
    }
    if (settings.enrol() == DevicesSettings.Enrol.REGISTERED && !registered.contains(device)) {
      return RejectReason.NOT_ENROLLED;
    }
    if (known.contains(device)) {
      return null;
    }
    if (known.size() >= settings.max()) {
      return RejectReason.TOO_MANY_DEVICES;
    }
    known.add(device);
    return null;
  }
}

package sightline.protocol;

/** What a device is doing, as the gateway computes it; an alarm is a flag of its own. */
public enum DeviceState {
  /** Online and faster than the moving threshold. */
  MOVING("moving"),
  /** Online and not moving. */
  STOPPED("stopped"),
  /** Online by its word, but silent for longer than is usual for it. */
  STALE("stale"),
  /** Said to be gone, by itself, its last will or the lack of any sign of life. */
  OFFLINE("offline");

  private final String wireName;

  DeviceState(String wireName) {
    this.wireName = wireName;
  }

  /** Its name on every wire. */
  public String wireName() {
    return wireName;
  }
}

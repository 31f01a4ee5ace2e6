package sightline.protocol;

/** What a device is doing, as the gateway computes it; an alarm is a flag of its own. */
public enum DeviceState {
  /** Online and faster than the moving threshold. */
  MOVING("moving", 0),
  /** Online and not moving. */
  STOPPED("stopped", 1),
  /** Online by its word, but silent for longer than is usual for it. */
  STALE("stale", 2),
  /** Said to be gone, by itself, its last will or the lack of any sign of life. */
  OFFLINE("offline", 3);

  private final String wireName;
  private final int wireCode;

  DeviceState(String wireName, int wireCode) {
    this.wireName = wireName;
    this.wireCode = wireCode;
  }

  /** Its name where there is text. */
  public String wireName() {
    return wireName;
  }

  /** Its number in binary, 0 to 3. */
  public int wireCode() {
    return wireCode;
  }
}

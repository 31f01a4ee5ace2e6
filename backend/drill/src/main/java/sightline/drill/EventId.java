package sightline.drill;

/**
 * Names one event of the drill; immutable.
 *
 * @param device its device's id
 * @param event its id, unique for the device
 */
record EventId(String device, String event) {
  /** Whether it is of a device whose id begins so. */
  boolean isOf(String prefix) {
    return device.startsWith(prefix);
  }

  @Override
  public String toString() {
    return device + "/" + event;
  }
}

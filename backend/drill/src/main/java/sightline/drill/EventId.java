package sightline.drill;

/**
 * Names one event of the drill; immutable.
 *
 * @param device its device's id
 * @param event its id, unique for the device
 */
record EventId(String device, String event) {
  @Override
  public String toString() {
    return device + "/" + event;
  }
}

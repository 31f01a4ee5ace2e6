package sightline.device;

/**
 * How the device is. Immutable, for any thread.
 *
 * @param battery percent, 0 to 100, or −1 where unknown
 * @param signal percent, 0 to 100, or −1 where unknown
 */
public record Status(int battery, int signal) {

  /** Nothing known. */
  public static final Status UNKNOWN = new Status(-1, -1);

  /**
   * @throws IllegalArgumentException when a field is out of its range
   */
  public Status {
    if (battery < -1 || battery > 100 || signal < -1 || signal > 100) {
      throw new IllegalArgumentException("battery and signal are percent, or -1 where unknown");
    }
  }
}

package sightline.protocol;

import org.jspecify.annotations.Nullable;

/** The MQTT topics of the contract, made and taken apart in one place. */
public final class Topics {
  /** Subscription to every device's locations. */
  public static final String ALL_LOCATIONS = "devices/+/location";

  /** Subscription to every device's status. */
  public static final String ALL_STATUS = "devices/+/status";

  /** Subscription to every device's events. */
  public static final String ALL_EVENTS = "devices/+/events";

  /** Subscription to the mirror of every device's newest location. */
  public static final String ALL_FLEET = "fleet/+/location";

  /** Topics of devices with a slash too many, behind or within an id. */
  public static final String TOO_DEEP = "devices/+/+/+/#";

  /** Topics of devices with a slash in front. */
  public static final String SLASH_FIRST = "/devices/#";

  /** The bridge's own beat through the broker. */
  public static final String BEAT = "sightline/beat";

  private static final String DEVICES = "devices/";
  private static final String FLEET = "fleet/";

  private Topics() {}

  /** Where a device publishes its locations. */
  public static String location(String device) {
    return DEVICES + device + "/location";
  }

  /** Where a device or its last will publishes its status, retained. */
  public static String status(String device) {
    return DEVICES + device + "/status";
  }

  /** Where a device publishes its events. */
  public static String events(String device) {
    return DEVICES + device + "/events";
  }

  /** Where a device is told what became of its events. */
  public static String acks(String device) {
    return DEVICES + device + "/acks";
  }

  /** Where the bridge mirrors a device's newest location, retained. */
  public static String fleetLocation(String device) {
    return FLEET + device + "/location";
  }

  /**
   * The device that a topic of ours is about, or null where the topic has another form or an id
   * that no device may have.
   */
  public static @Nullable String deviceOf(String topic) {
    int start = topic.startsWith(DEVICES) ? DEVICES.length() : -1;
    if (start < 0 && topic.startsWith(FLEET)) {
      start = FLEET.length();
    }
    int end = start < 0 ? -1 : topic.indexOf('/', start);
    if (end < 0 || topic.indexOf('/', end + 1) >= 0) {
      return null;
    }
    String id = topic.substring(start, end);
    return Limits.isDeviceId(id) ? id : null;
  }
}

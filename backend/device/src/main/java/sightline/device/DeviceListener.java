package sightline.device;

/**
 * Hears what becomes of a device. Called on the device thread, which others may share: it must not
 * block.
 */
public interface DeviceListener {
  /** Does nothing. */
  DeviceListener NONE = new DeviceListener() {};

  /** Connected: what waited is being sent. */
  default void connected() {}

  /**
   * Not connected, also after each failed attempt; the next one starts after {@code retryInMillis}.
   */
  default void disconnected(Throwable cause, long retryInMillis) {}

  /** An event is recorded. Once for each event; again only where the spool could not forget it. */
  default void eventAcknowledged(String id) {}

  /** An event was refused for good, and is now a dead letter. */
  default void eventRejected(String id, String reason) {}

  /** Something that an engineer must look at; the device goes on. */
  default void problem(String what, Throwable cause) {}
}

package sightline.protocol;

import java.time.Duration;
import java.util.regex.Pattern;

/** The bounds of the contract, each with its unit in its name or type. */
public final class Limits {
  /** A device's payload. */
  public static final int MAX_PAYLOAD_BYTES = 16 * 1024;

  /** Nesting of objects and arrays in any JSON that comes from outside. */
  public static final int MAX_JSON_DEPTH = 32;

  /** A time from outside is from 1970 to the end of the year 9999, epoch ms. */
  public static final long MAX_TIMESTAMP_MILLIS = 253_402_300_799_999L;

  /** A message from a browser. */
  public static final int MAX_CLIENT_MESSAGE_BYTES = 64 * 1024;

  /** How far behind a cursor may be before a browser is sent to the HTTP API. */
  public static final int MAX_RESUME_ENTRIES = 10_000;

  /** A device's clock further ahead than this is skewed. */
  public static final Duration MAX_CLOCK_AHEAD = Duration.ofSeconds(60);

  private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern EVENT_ID = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

  private Limits() {}

  /** What is said of a payload that is larger than may be. */
  public static RejectedPayload tooLarge(byte[] payload) {
    return new RejectedPayload(
        RejectReason.TOO_LARGE,
        payload.length + " bytes; a payload has at most " + MAX_PAYLOAD_BYTES);
  }

  /** Whether a device may have this id; {@code _sightline…} is the probe's own. */
  public static boolean isDeviceId(String id) {
    return DEVICE_ID.matcher(id).matches();
  }

  /** Whether the id is reserved for the probe: in no view, count, list or track. */
  public static boolean isReserved(String deviceId) {
    return deviceId.startsWith("_sightline");
  }

  /** Whether an event may have this id. */
  public static boolean isEventId(String id) {
    return EVENT_ID.matcher(id).matches();
  }
}

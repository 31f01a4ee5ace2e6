package sightline.bench;

import java.nio.charset.StandardCharsets;

/**
 * Where a device is at its k-th position, as integers of a fixed scale, so that what a browser
 * decodes can be compared exactly, and its JSON without garbage. Stateless.
 */
final class Motion {
  /** Where the fleet's land begins; it is a degree each way. */
  static final long SOUTH_MICROS = 46_000_000;

  static final long WEST_MICROS = 9_000_000;

  private static final byte[] TIMESTAMP = ascii("\"timestamp\":");
  private static final byte[] LAT = ascii(",\"lat\":");
  private static final byte[] LON = ascii(",\"lon\":");
  private static final byte[] HEADING = ascii(",\"heading\":");
  private static final byte[] SPEED = ascii(",\"speed\":");
  private static final byte[] SEQ = ascii(",\"seq\":");
  private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000};

  private Motion() {}

  /** Degrees × 10⁶; no two successive positions are the same. */
  static long latMicros(int device, int sequence) {
    return SOUTH_MICROS + (device * 7_919L + sequence * 37L) % 1_000_003L;
  }

  /** Degrees × 10⁶. */
  static long lonMicros(int device, int sequence) {
    return WEST_MICROS + (device * 6_007L + sequence * 53L) % 1_000_033L;
  }

  /** Degrees × 10. */
  static long headingTenths(int device, int sequence) {
    return (device * 17L + sequence * 3L) % 3_600L;
  }

  /** Metres per second × 10: always moving. */
  static long speedTenths(int device, int sequence) {
    return 20L + (device + sequence) % 280;
  }

  /**
   * Writes {@code "timestamp":…} to the closing brace of a location.
   *
   * @return the offset after what was written
   */
  static int writeFields(byte[] to, int offset, int device, int sequence, long timestamp) {
    int at = writeDecimal(to, put(to, offset, TIMESTAMP), timestamp, 0);
    at = writeDecimal(to, put(to, at, LAT), latMicros(device, sequence), 6);
    at = writeDecimal(to, put(to, at, LON), lonMicros(device, sequence), 6);
    at = writeDecimal(to, put(to, at, HEADING), headingTenths(device, sequence), 1);
    at = writeDecimal(to, put(to, at, SPEED), speedTenths(device, sequence), 1);
    at = writeDecimal(to, put(to, at, SEQ), sequence, 0);
    to[at] = '}';
    return at + 1;
  }

  static int put(byte[] to, int offset, byte[] what) {
    System.arraycopy(what, 0, to, offset, what.length);
    return offset + what.length;
  }

  private static int writeDecimal(byte[] to, int offset, long scaled, int decimals) {
    int at = writeDigits(to, offset, scaled / POWERS[decimals], 1);
    if (decimals > 0) {
      to[at] = '.';
      at = writeDigits(to, at + 1, scaled % POWERS[decimals], decimals);
    }
    return at;
  }

  private static int writeDigits(byte[] to, int offset, long value, int atLeast) {
    int digits = 1;
    for (long rest = value / 10; rest > 0; rest /= 10) {
      digits++;
    }
    int end = offset + Math.max(digits, atLeast);
    long rest = value;
    for (int at = end - 1; at >= offset; at--) {
      to[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return end;
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

package sightline.bench;

import java.util.Locale;

/** The fleet's ids, {@code bench-0001} and on, made and read back without garbage. Stateless. */
final class DeviceIds {
  private static final byte[] PREFIX = Motion.ascii("bench-");

  private DeviceIds() {}

  /** The id of the device with that index, from 0. */
  static String id(int device) {
    return String.format(Locale.ROOT, "bench-%04d", device + 1);
  }

  /** The device's index, or -1 for an id that is no device of a bench. */
  static int index(byte[] id, int length) {
    if (length < PREFIX.length + 4 || length > PREFIX.length + 8) {
      return -1;
    }
    for (int at = 0; at < PREFIX.length; at++) {
      if (id[at] != PREFIX[at]) {
        return -1;
      }
    }
    int number = 0;
    for (int at = PREFIX.length; at < length; at++) {
      int digit = id[at] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number - 1;
  }
}

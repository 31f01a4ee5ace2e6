package sightline.bench;

import java.util.Arrays;

/**
 * Reads one flat JSON object with a position's fields and integers of a fixed scale, without
 * garbage. Owned by the generator's thread.
 */
final class LocationText {
  private static final byte[] DEVICE = Motion.ascii("deviceId");
  private static final byte[] TIMESTAMP = Motion.ascii("timestamp");
  private static final byte[] LAT = Motion.ascii("lat");
  private static final byte[] LON = Motion.ascii("lon");
  private static final byte[] HEADING = Motion.ascii("heading");
  private static final byte[] SPEED = Motion.ascii("speed");
  private static final int LONGEST_ID = 64;
  private static final int DEGREES = 7;
  private static final int HUNDREDTHS = 2;

  /** What it read is no such object. */
  private static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    Malformed() {
      super("no flat JSON object with a position", null, false, false);
    }
  }

  private final boolean whole;
  private final byte[] id = new byte[LONGEST_ID];
  private byte[] bytes = new byte[0];
  private int at;
  private int end;
  private int device;
  private long timestamp;
  private int lat;
  private int lon;
  private int heading;
  private int speed;

  /**
   * @param whole whether to read on after the timestamp
   */
  LocationText(boolean whole) {
    this.whole = whole;
  }

  /**
   * Reads [from, to) of the array and tells the position.
   *
   * @param known the device's index where the object does not say; -1 for none
   */
  void read(byte[] text, int from, int to, int known, MessageReader.Sink sink) {
    bytes = text;
    at = from;
    end = to;
    device = known;
    timestamp = -1;
    try {
      members();
    } catch (Malformed e) {
      sink.malformed();
      return;
    }
    if (device >= 0) {
      if (whole) {
        sink.decoded(device, timestamp, new BinaryReader.Place(lat, lon, heading, speed));
      }
      sink.position(device, timestamp);
    }
  }

  private void members() {
    byte next = '{';
    expect(next);
    do {
      member();
      next = next();
      if (!whole && timestamp >= 0) {
        return;
      }
    } while (next == ',');
    if (next != '}' || at != end || timestamp < 0) {
      throw new Malformed();
    }
  }

  private void member() {
    int from = at + 1;
    int to = string();
    expect((byte) ':');
    if (is(DEVICE, from, to)) {
      int start = at + 1;
      device = index(bytes, start, string(), id);
    } else if (is(TIMESTAMP, from, to)) {
      timestamp = number(0);
    } else if (is(LAT, from, to)) {
      lat = (int) number(DEGREES);
    } else if (is(LON, from, to)) {
      lon = (int) number(DEGREES);
    } else if (is(HEADING, from, to)) {
      heading = (int) number(HUNDREDTHS);
    } else if (is(SPEED, from, to)) {
      speed = (int) number(HUNDREDTHS);
    } else if (at < end && bytes[at] == '"') {
      string();
    } else {
      number(HUNDREDTHS);
    }
  }

  /** A device's index by the id in [from, to) of the array; -1 for an id that is none. */
  static int index(byte[] text, int from, int to, byte[] word) {
    int length = to - from;
    if (length > word.length) {
      return -1;
    }
    System.arraycopy(text, from, word, 0, length);
    return DeviceIds.index(word, length);
  }

  private boolean is(byte[] name, int from, int to) {
    return Arrays.equals(bytes, from, to, name, 0, name.length);
  }

  /** Passes over a string; the offset of its closing quote. */
  private int string() {
    expect((byte) '"');
    while (next() != '"') {
      if (bytes[at - 1] == '\\') {
        next();
      }
    }
    return at - 1;
  }

  /** A number × 10^scale; one that has more decimals is malformed. */
  private long number(int scale) {
    boolean negative = at < end && bytes[at] == '-';
    at += negative ? 1 : 0;
    int digits = at;
    long value = digits(0, Integer.MAX_VALUE);
    if (at == digits) {
      throw new Malformed();
    }
    int decimals = 0;
    if (at < end && bytes[at] == '.') {
      int point = at++;
      value = digits(value, scale);
      decimals = at - point - 1;
    }
    for (; decimals < scale; decimals++) {
      value *= 10;
    }
    return negative ? -value : value;
  }

  private long digits(long before, int most) {
    long value = before;
    for (int count = 0; count < most && at < end && isDigit(bytes[at]); count++) {
      value = value * 10 + (bytes[at++] - '0');
    }
    return value;
  }

  private static boolean isDigit(byte next) {
    return next >= '0' && next <= '9';
  }

  private void expect(byte expected) {
    if (next() != expected) {
      throw new Malformed();
    }
  }

  private byte next() {
    if (at >= end) {
      throw new Malformed();
    }
    return bytes[at++];
  }
}

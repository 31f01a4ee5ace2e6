package sightline.gateway;

import java.time.Duration;

/** Checks of settings, each with a message that names the key and its range. Any thread. */
final class Check {
  private Check() {}

  static void range(String key, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          key + " must be from " + min + " to " + max + ", not " + value);
    }
  }

  static void range(String key, Duration value, Duration min, Duration max) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw new IllegalArgumentException(
          key + " must be from " + min + " to " + max + ", not " + value);
    }
  }
}

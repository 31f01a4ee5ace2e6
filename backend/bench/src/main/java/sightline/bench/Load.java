package sightline.bench;

import java.time.Duration;

/**
 * What a run puts on the system.
 *
 * @param rate positions a second of each device
 */
record Load(
    int devices, double rate, int browsers, Protocol protocol, Duration warmup, Duration measured) {
  Load {
    if (devices < 1
        || browsers < 1
        || !(rate > 0)
        || measured.compareTo(Duration.ofSeconds(1)) <= 0) {
      throw new IllegalArgumentException(
          "a run needs a device, a browser, a rate above 0 and more than 1 s");
    }
  }

  long intervalNanos() {
    return Math.round(1e9 / rate);
  }
}

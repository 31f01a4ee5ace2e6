package sightline.bench;

import java.time.Duration;

/**
 * What a run puts on the system.
 *
 * @param rate positions a second of each device
 * @param sample how many of the browsers read everything, the others count
 */
record Load(
    int devices,
    double rate,
    int browsers,
    Protocol protocol,
    View view,
    int sample,
    Duration warmup,
    Duration measured) {
  Load {
    if (devices < 1
        || browsers < 1
        || sample < 1
        || !(rate > 0)
        || measured.compareTo(Duration.ofSeconds(1)) <= 0) {
      throw new IllegalArgumentException(
          "a run needs a device, a browser, a rate above 0 and more than 1 s");
    }
  }

  /** Browsers that watch the whole fleet, as many sampled as usual. */
  static Load wholeFleet(
      int devices,
      double rate,
      int browsers,
      Protocol protocol,
      Duration warmup,
      Duration measured) {
    return new Load(devices, rate, browsers, protocol, View.all, Sample.USUAL, warmup, measured);
  }

  Load withBrowsers(int count, Protocol spoken) {
    return new Load(devices, rate, count, spoken, view, sample, warmup, measured);
  }

  Load withRate(double each) {
    return new Load(devices, each, browsers, protocol, view, sample, warmup, measured);
  }

  Sample sampled() {
    return new Sample(browsers, sample);
  }

  long intervalNanos() {
    return Math.round(1e9 / rate);
  }
}

package sightline.bench;

import org.HdrHistogram.Histogram;

/**
 * What one run showed. Latencies and satisfied are the sample's; deliveries are the sample's,
 * scaled by the bytes that all have read.
 *
 * @param latency nanoseconds from due to held, of every answered pair
 * @param lag nanoseconds from due to written
 * @param audited positions that were decoded whole and compared with what was sent
 * @param traffic what the browsers read within the window, encryption aside
 * @param system what the system's process used, all zero where the process is not known
 * @param generatorCpuSeconds what the generator's own process used in that time
 * @param seconds of the window
 */
record Outcome(
    double deliveredPerSecond,
    double satisfied,
    Histogram latency,
    Histogram lag,
    long repeated,
    long audited,
    Traffic traffic,
    ProcessUse.Spent system,
    double generatorCpuSeconds,
    double seconds,
    Faults faults) {
  private static final double LAG_SHARE = 0.1;

  /** A system that answers less of the pairs in time can't keep up. */
  static final double ENOUGH_SATISFIED = 0.999;

  double generatorCores() {
    return generatorCpuSeconds / seconds;
  }

  /** Thousands of positions that were news to their browser. */
  double thousands() {
    return deliveredPerSecond * seconds / 1e3;
  }

  double cpuMillisPerThousand() {
    return 1e3 * system.cpuSeconds() / thousands();
  }

  double bytesPerThousand() {
    return traffic.bytes() / thousands();
  }

  double p50() {
    return millis(50);
  }

  double p99() {
    return millis(99);
  }

  double mean() {
    return latency.getMean() / 1e6;
  }

  double millis(double percentile) {
    return latency.getValueAtPercentile(percentile) / 1e6;
  }

  double lagP99() {
    return lag.getValueAtPercentile(99) / 1e6;
  }

  /** Whether the generator itself was too late for the latencies to mean anything. */
  boolean isVoid() {
    return lagP99() > p50() * LAG_SHARE;
  }

  /** Whether the system could not keep up. */
  boolean saturated() {
    return satisfied < ENOUGH_SATISFIED;
  }

  boolean failed() {
    return !faults.none();
  }
}

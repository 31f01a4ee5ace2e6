package sightline.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** A run's figures by the names that JSON results have. Stateless. */
final class Figures {
  /** The percentiles of a curve. */
  private static final double[] CURVE = {
    0, 10, 25, 50, 75, 90, 95, 98, 99, 99.5, 99.8, 99.9, 99.95, 99.98, 99.99, 99.995, 99.999
  };

  private Figures() {}

  static Map<String, Double> of(Outcome run) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("deliveredPerSecond", run.deliveredPerSecond());
    figures.put("satisfied", run.satisfied());
    figures.put("meanMs", run.mean());
    for (double percentile : new double[] {50, 90, 99, 99.9, 100}) {
      figures.put("p" + percentile + "Ms", run.millis(percentile));
    }
    figures.put("lagP99Ms", run.lagP99());
    figures.put("lagMaxMs", run.lag().getMaxValue() / 1e6);
    figures.put("repeated", (double) run.repeated());
    figures.put("decoded", (double) run.audited());
    figures.put("readBytes", (double) run.traffic().bytes());
    figures.put("leastShare", run.traffic().leastShare());
    figures.put("bytesPerThousand", run.bytesPerThousand());
    figures.put("cpuSeconds", run.system().cpuSeconds());
    figures.put("cpuMsPerThousand", run.cpuMillisPerThousand());
    figures.put("residentBytes", (double) run.system().residentBytes());
    figures.put("generatorCpuSeconds", run.generatorCpuSeconds());
    figures.put("generatorCores", run.generatorCores());
    return figures;
  }

  /** Percentile to milliseconds. */
  static Map<Double, Double> curve(Histogram latency) {
    Map<Double, Double> curve = new LinkedHashMap<>();
    for (double percentile : CURVE) {
      curve.put(percentile, latency.getValueAtPercentile(percentile) / 1e6);
    }
    return curve;
  }
}

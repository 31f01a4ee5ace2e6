package sightline.micro;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One benchmark beside its baseline. Bytes are compared strictly, for they hardly vary; time by
 * multiples of the calibration of the same run, and loosely. Immutable.
 *
 * @param before the baseline's figure, or null where it has none
 * @param times of the baseline's multiple of the calibration; NaN where there is none
 */
record Comparison(Figure now, @Nullable Figure before, double times) {
  /** Slower than this is a regression. */
  static final double MOST_TIMES = 1.5;

  /** More bytes than this are a regression, unless they are {@link #FEW_BYTES} more at most. */
  static final double MOST_BYTES = 1.1;

  /** So few may be the JVM's doing. */
  static final double FEW_BYTES = 16;

  /**
   * Compares each figure with the baseline's of its name.
   *
   * @param baseline empty for none
   */
  static List<Comparison> of(List<Figure> figures, List<Figure> baseline) {
    Map<String, Figure> byName =
        baseline.stream().collect(Collectors.toMap(Figure::name, Function.identity()));
    double machine = calibration(figures) / calibration(baseline);
    return figures.stream().map(now -> beside(now, byName.get(now.name()), machine)).toList();
  }

  private static Comparison beside(Figure now, @Nullable Figure before, double machine) {
    double times = before == null ? Double.NaN : now.leastNanos() / before.leastNanos() / machine;
    return new Comparison(now, before, times);
  }

  private static double calibration(List<Figure> figures) {
    return figures.stream()
        .filter(figure -> figure.name().equals(Measuring.CALIBRATION))
        .mapToDouble(Figure::leastNanos)
        .findAny()
        .orElse(Double.NaN);
  }

  /** Whether it takes longer than noise explains. */
  boolean slower() {
    return times > MOST_TIMES;
  }

  /** Whether it allocates more. */
  boolean allocatesMore() {
    return before != null
        && now.bytes() > before.bytes() * MOST_BYTES
        && now.bytes() - before.bytes() > FEW_BYTES;
  }

  /** Whether it is a regression. */
  boolean regressed() {
    return slower() || allocatesMore();
  }
}

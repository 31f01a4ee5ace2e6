package sightline.micro;

import java.util.List;
import java.util.Locale;

/** The table of a run. Stateless. */
final class Table {
  private static final String ROW = "%-26s %12s %10s %12s %12s %8s %12s  %s%n";

  private Table() {}

  /** A line for each benchmark, with what it was in the baseline. */
  static String of(List<Comparison> comparisons) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            ROW,
            "benchmark",
            "ns/op",
            "± 99.9 %",
            "fastest",
            "bytes/op",
            "time",
            "bytes were",
            "verdict"));
    comparisons.forEach(comparison -> text.append(row(comparison)));
    return text.toString();
  }

  private static String row(Comparison comparison) {
    Figure now = comparison.now();
    Figure before = comparison.before();
    return String.format(
        ROW,
        now.name(),
        number("%,.1f", now.nanos()),
        number("%,.1f", now.errorNanos()),
        number("%,.1f", now.leastNanos()),
        number("%,.0f", now.bytes()),
        number("%.2f×", comparison.times()),
        before == null ? "-" : number("%,.0f", before.bytes()),
        verdict(comparison));
  }

  private static String verdict(Comparison comparison) {
    if (comparison.before() == null) {
      return "no baseline";
    }
    if (comparison.allocatesMore()) {
      return comparison.slower() ? "slower, allocates more" : "allocates more";
    }
    return comparison.slower() ? "slower" : "ok";
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}

package sightline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/** The report as one page that needs nothing else. Stateless. */
final class ReportPage {
  private static final String HEAD =
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Sightline: device to browser</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #222; background: #fff; }
      table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 13px; }
      th, td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid #ddd; white-space: nowrap; }
      td:nth-child(2), th:nth-child(2), td:last-child, th:last-child { text-align: left; }
      tr.first td { border-top: 2px solid #999; }
      svg { max-width: 760px; font-size: 12px; }
      svg path { fill: none; stroke-width: 2; }
      svg .grid { stroke: #ddd; }
      </style></head><body>
      """;

  private ReportPage() {}

  static String of(Summary summary, String load) {
    StringBuilder page = new StringBuilder(HEAD);
    page.append("<h1>Device to browser</h1>\n<p>")
        .append(escaped(load))
        .append(
            " a run; whole-fleet browsers; milliseconds from the moment that a position was due;"
                + " medians of the runs that count. Ratios are to the floor, a loop that only"
                + " copies bytes, in the run beside.</p>\n");
    table(page, summary);
    if (!summary.sizes().isEmpty()) {
      page.append("<h2>p99 by load</h2>\n").append(byLoad(summary, "p99.0Ms", "p99, ms"));
      page.append("<h2>p50 by load</h2>\n").append(byLoad(summary, "p50.0Ms", "p50, ms"));
      for (int size : summary.sizes()) {
        page.append("<h2>Percentiles with ").append(size).append(" browsers</h2>\n");
        page.append(curves(summary, size));
      }
    }
    return page.append("</body></html>\n").toString();
  }

  private static void table(StringBuilder page, Summary summary) {
    page.append("<table><thead>");
    row(page, Summary.HEAD, "th", "");
    page.append("</thead><tbody>\n");
    String size = "";
    for (List<String> row : summary.rows()) {
      row(page, row, "td", row.getFirst().equals(size) ? "" : " class=\"first\"");
      size = row.getFirst();
    }
    page.append("</tbody></table>\n");
  }

  private static void row(StringBuilder page, List<String> cells, String tag, String attributes) {
    page.append("<tr").append(attributes).append('>');
    for (String cell : cells) {
      page.append('<').append(tag).append('>').append(escaped(cell));
      page.append("</").append(tag).append('>');
    }
    page.append("</tr>\n");
  }

  private static String byLoad(Summary summary, String figure, String label) {
    Plot plot =
        new Plot(
            "whole-fleet browsers",
            label,
            summary.sizes().stream()
                .map(size -> new Plot.Mark(size, Integer.toString(size)))
                .toList());
    for (String system : summary.systems()) {
      List<Plot.Point> points = new ArrayList<>();
      for (int size : summary.sizes()) {
        points.add(new Plot.Point(size, summary.median(system, size, figure)));
      }
      plot.line(system, points);
    }
    return plot.svg();
  }

  /** Percentiles of the run in the middle by its p99, over 1 / (1 − percentile). */
  private static String curves(Summary summary, int size) {
    DoubleUnaryOperator across = percentile -> 100 / (100 - percentile);
    List<Plot.Mark> marks = new ArrayList<>();
    for (String percentile : List.of("0", "50", "90", "99", "99.9", "99.99", "99.999")) {
      marks.add(new Plot.Mark(across.applyAsDouble(Double.parseDouble(percentile)), percentile));
    }
    Plot plot = new Plot("percentile", "ms", marks);
    for (String system : summary.systems()) {
      List<Cell> runs =
          summary.of(system, size).stream()
              .filter(Cell::counts)
              .sorted((a, b) -> Double.compare(a.figure("p99.0Ms"), b.figure("p99.0Ms")))
              .toList();
      Map<Double, Double> curve = runs.isEmpty() ? Map.of() : runs.get(runs.size() / 2).curve();
      plot.line(
          system,
          curve.entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .map(each -> new Plot.Point(across.applyAsDouble(each.getKey()), each.getValue()))
              .toList());
    }
    return plot.svg();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

package sightline.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plot of lines over two logarithmic axes, as inline SVG. Belongs to one thread. */
final class Plot {
  private static final int WIDTH = 720;
  private static final int HEIGHT = 400;
  private static final int LEFT = 64;
  private static final int RIGHT = 130;
  private static final int TOP = 16;
  private static final int BOTTOM = 44;
  private static final List<String> COLOURS =
      List.of("#888", "#d95f02", "#e7298a", "#a6761d", "#1b9e77", "#66a61e", "#386cb0", "#7570b3");

  /** A point of a line, both above 0. */
  record Point(double x, double y) {}

  /** A mark of the horizontal axis. */
  record Mark(double x, String text) {}

  private final String across;
  private final String up;
  private final List<Mark> marks;
  private final Map<String, List<Point>> lines = new LinkedHashMap<>();

  Plot(String across, String up, List<Mark> marks) {
    this.across = across;
    this.up = up;
    this.marks = List.copyOf(marks);
  }

  void line(String name, List<Point> points) {
    lines.put(
        name,
        points.stream()
            .filter(point -> point.x() > 0 && point.y() > 0 && Double.isFinite(point.y()))
            .toList());
  }

  String svg() {
    double lowest = 0;
    double highest = 1;
    List<Point> all = new ArrayList<>();
    lines.values().forEach(all::addAll);
    if (!all.isEmpty()) {
      lowest = Math.floor(Math.log10(all.stream().mapToDouble(Point::y).min().orElse(1)));
      highest = Math.ceil(Math.log10(all.stream().mapToDouble(Point::y).max().orElse(10)));
      highest = Math.max(highest, lowest + 1);
    }
    StringBuilder svg = new StringBuilder();
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%n",
            WIDTH,
            HEIGHT,
            up));
    for (int power = (int) lowest; power <= (int) highest; power++) {
      double y = y(Math.pow(10, power), lowest, highest);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
              LEFT,
              WIDTH - RIGHT,
              y,
              y));
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>%n",
              LEFT - 6,
              y + 4,
              power(power)));
    }
    for (Mark mark : marks) {
      double x = x(mark.x());
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
              x,
              x,
              TOP,
              HEIGHT - BOTTOM));
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>%n",
              x,
              HEIGHT - BOTTOM + 16,
              mark.text()));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
            (LEFT + WIDTH - RIGHT) / 2,
            HEIGHT - 6,
            across));
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"14\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 14 %d)\">%s</text>%n",
            HEIGHT / 2,
            HEIGHT / 2,
            up));
    drawLines(svg, lowest, highest);
    return svg.append("</svg>\n").toString();
  }

  private void drawLines(StringBuilder svg, double lowest, double highest) {
    int number = 0;
    for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
      String colour = COLOURS.get(number % COLOURS.size());
      StringBuilder path = new StringBuilder();
      for (Point point : line.getValue()) {
        double x = x(point.x());
        double y = y(point.y(), lowest, highest);
        path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : " L", x, y));
        svg.append(
            String.format(
                Locale.ROOT,
                "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"><title>%s: %.4g</title></circle>",
                x,
                y,
                colour,
                line.getKey(),
                point.y()));
      }
      if (path.isEmpty()) {
        number++;
        continue;
      }
      svg.append(String.format(Locale.ROOT, "<path d=\"%s\" stroke=\"%s\"/>", path, colour));
      int y = TOP + 12 + 18 * number++;
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>",
              WIDTH - RIGHT + 12,
              y - 5,
              colour));
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%d\" y=\"%d\">%s</text>%n",
              WIDTH - RIGHT + 32,
              y,
              line.getKey()));
    }
  }

  private double x(double value) {
    double first = Math.log10(marks.getFirst().x());
    double last = Math.max(Math.log10(marks.getLast().x()), first + 0.1);
    return LEFT + (Math.log10(value) - first) / (last - first) * (WIDTH - RIGHT - LEFT);
  }

  private static double y(double value, double lowest, double highest) {
    double share = (Math.log10(value) - lowest) / (highest - lowest);
    return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP);
  }

  private static String power(int power) {
    return power >= 0
        ? Long.toString(Math.round(Math.pow(10, power)))
        : String.format(Locale.ROOT, "%." + -power + "f", Math.pow(10, power));
  }
}

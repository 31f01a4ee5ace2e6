package sightline.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * The cells of one load, summed up: medians of the runs that count, and ratios to the floor of the
 * run beside each. Immutable.
 */
record Summary(List<Cell> cells) {
  static final String FLOOR = "floor";

  Summary {
    cells = List.copyOf(cells);
  }

  List<Integer> sizes() {
    return cells.stream().map(Cell::browsers).distinct().sorted().toList();
  }

  /** The systems, in the order in which they were first measured. */
  List<String> systems() {
    return cells.stream().map(Cell::system).distinct().toList();
  }

  List<Cell> of(String system, int browsers) {
    return cells.stream()
        .filter(cell -> cell.system().equals(system) && cell.browsers() == browsers)
        .toList();
  }

  /** Whether most of a size's runs were more than the system can. */
  boolean beyond(String system, int browsers) {
    return most(of(system, browsers), Cell::beyond);
  }

  private static boolean most(List<Cell> runs, Predicate<Cell> what) {
    return !runs.isEmpty() && runs.stream().filter(what).count() * 2 > runs.size();
  }

  /** NaN where no run counts. */
  double median(String system, int browsers, String figure) {
    return middle(
        of(system, browsers).stream()
            .filter(Cell::counts)
            .map(cell -> cell.figure(figure))
            .toList());
  }

  /** The median of each run's ratio to the floor's run beside it; NaN where there is none. */
  double ratio(String system, int browsers, String figure) {
    List<Double> ratios = new ArrayList<>();
    for (Cell cell : of(system, browsers)) {
      for (Cell floor : of(FLOOR, browsers)) {
        if (floor.run() == cell.run() && floor.counts() && cell.counts()) {
          ratios.add(cell.figure(figure) / floor.figure(figure));
        }
      }
    }
    return middle(ratios);
  }

  String verdict(String system, int browsers) {
    List<Cell> runs = of(system, browsers);
    for (Cell cell : runs) {
      if (cell.verdict().startsWith("failed")) {
        return cell.verdict();
      }
    }
    long counted = runs.stream().filter(Cell::counts).count();
    if (counted == 0) {
      return "void";
    }
    String word = beyond(system, browsers) ? "saturated" : "ok";
    return counted == runs.size() && runs.stream().allMatch(cell -> cell.verdict().equals("ok"))
        ? word
        : word + " (" + counted + " of " + runs.size() + " count)";
  }

  private static double middle(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.isEmpty()
        ? Double.NaN
        : sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  /** One row of the table, as texts in the order of {@link #HEAD}. */
  List<String> row(String system, int browsers) {
    return List.of(
        Integer.toString(browsers),
        system,
        number("%,.0f", median(system, browsers, "deliveredPerSecond")),
        number("%.4f", median(system, browsers, "satisfied")),
        number("%.2f", median(system, browsers, "meanMs")),
        number("%.2f", median(system, browsers, "p50.0Ms")),
        number("%.2f", median(system, browsers, "p99.0Ms")),
        number("%.2f", median(system, browsers, "p99.9Ms")),
        number("%.2f×", ratio(system, browsers, "p50.0Ms")),
        number("%.2f×", ratio(system, browsers, "p99.0Ms")),
        Contender.goal(system, browsers),
        number("%.3f", median(system, browsers, "cpuMsPerThousand")),
        number("%,.0f", median(system, browsers, "bytesPerThousand")),
        number("%,.0f", median(system, browsers, "residentBytes") / 1e6),
        number("%.3f", median(system, browsers, "lagP99Ms")),
        number("%.2f", median(system, browsers, "generatorCores")),
        verdict(system, browsers));
  }

  static final List<String> HEAD =
      List.of(
          "browsers",
          "system",
          "delivered/s",
          "satisfied",
          "mean",
          "p50",
          "p99",
          "p99.9",
          "p50/fl.",
          "p99/fl.",
          "goal",
          "CPU ms/k",
          "bytes/k",
          "RSS MB",
          "lag p99",
          "gen. cores",
          "verdict");

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }

  /** Every row: by size, then by system. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    for (int size : sizes()) {
      for (String system : systems()) {
        if (!of(system, size).isEmpty()) {
          rows.add(row(system, size));
        }
      }
    }
    return rows;
  }

  String table() {
    StringBuilder text = new StringBuilder();
    List<List<String>> all = new ArrayList<>(rows());
    all.addFirst(HEAD);
    for (List<String> row : all) {
      text.append(String.format(Locale.ROOT, "%8s  %-10s", row.get(0), row.get(1)));
      for (int column = 2; column < row.size() - 1; column++) {
        text.append(String.format(Locale.ROOT, " %" + width(column) + "s", row.get(column)));
      }
      text.append("  ").append(row.getLast()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    int widest = HEAD.get(column).length();
    for (List<String> row : rows()) {
      widest = Math.max(widest, row.get(column).length());
    }
    return widest;
  }
}

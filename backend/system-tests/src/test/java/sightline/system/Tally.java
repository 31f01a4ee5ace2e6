package sightline.system;

import java.util.Map;
import java.util.TreeMap;

/** What was sent and how it was counted, as a table that is printed. Owned by the test. */
final class Tally {
  private final String title;
  private final Map<String, Map<String, Integer>> rows = new TreeMap<>();

  Tally(String title) {
    this.title = title;
  }

  /** One more of a kind, answered or expected so. */
  void add(String kind, String answer) {
    rows.computeIfAbsent(kind, _ -> new TreeMap<>()).merge(answer, 1, Integer::sum);
  }

  /** All of an answer, over all kinds. */
  int of(String answer) {
    return rows.values().stream().mapToInt(row -> row.getOrDefault(answer, 0)).sum();
  }

  /** How many of each answer there are, over all kinds. */
  Map<String, Integer> sums() {
    Map<String, Integer> sums = new TreeMap<>();
    rows.values().forEach(row -> row.forEach((answer, n) -> sums.merge(answer, n, Integer::sum)));
    return sums;
  }

  /** The difference between two scrapes of a metric, without what did not change. */
  static Map<String, Integer> difference(Map<String, Double> before, Map<String, Double> after) {
    Map<String, Integer> difference = new TreeMap<>();
    after.forEach(
        (labels, value) -> {
          int more = (int) (value - before.getOrDefault(labels, 0.0));
          if (more != 0) {
            difference.put(labels, more);
          }
        });
    return difference;
  }

  void print(Map<String, Integer> counted) {
    System.out.println(title);
    rows.forEach((kind, answers) -> System.out.printf("  %-44s %s%n", kind, answers));
    System.out.println("  counted: " + counted);
  }
}

package sightline.bench;

import java.util.List;
import java.util.Map;

/**
 * One run of one system at one size, as a line of the report's file holds it. Immutable.
 *
 * @param system a name of {@link Contender}
 * @param load the devices, their rate and the seconds, as text; cells of another can't be compared
 * @param run from 1; runs of the same number were side by side
 * @param verdict begins with ok, saturated, void or failed
 * @param figures by their names in {@link Figures}
 * @param curve percentile to milliseconds
 */
record Cell(
    String system,
    String load,
    int browsers,
    int run,
    String verdict,
    Map<String, Double> figures,
    Map<Double, Double> curve) {
  Cell {
    figures = Map.copyOf(figures);
    curve = Map.copyOf(curve);
  }

  static Cell of(String system, Load load, int run, Outcome outcome) {
    return new Cell(
        system,
        text(load),
        load.browsers(),
        run,
        Report.verdict(List.of(outcome)),
        Figures.of(outcome),
        Figures.curve(outcome.latency()));
  }

  /** A run that could not be measured. */
  static Cell failed(String system, Load load, int run, String why) {
    return new Cell(system, text(load), load.browsers(), run, "failed: " + why, Map.of(), Map.of());
  }

  static String text(Load load) {
    return load.devices() + "x" + load.rate() + "/s, " + load.measured().toSeconds() + " s";
  }

  /** A figure, NaN where the run has none. */
  double figure(String name) {
    return figures.getOrDefault(name, Double.NaN);
  }

  boolean measured() {
    return !figures.isEmpty();
  }

  /** Whether its latencies mean something. */
  boolean counts() {
    return verdict.startsWith("ok") || verdict.startsWith("saturated");
  }

  /** Whether the system should not be run at a larger size. */
  boolean beyond() {
    return verdict.startsWith("saturated") || verdict.startsWith("failed");
  }
}

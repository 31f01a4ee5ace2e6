package sightline.bench;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.HdrHistogram.Histogram;

/**
 * Every run's outcome, and the table of their medians with the ratios to the floor's run beside
 * each. Belongs to the main thread.
 */
final class Report {
  private static final String FLOOR = "floor";

  private final Load load;
  private final Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();

  Report(Load load) {
    this.load = load;
  }

  void add(String system, Outcome outcome) {
    outcomes.computeIfAbsent(system, name -> new ArrayList<>()).add(outcome);
  }

  /** Whether each system has a verdict of ok. */
  boolean allCount() {
    return outcomes.values().stream().allMatch(runs -> verdict(runs).startsWith("ok"));
  }

  /** One run in one line. */
  String line(String system, Outcome run) {
    return String.format(
        Locale.ROOT,
        "%-9s delivered/s %,.0f  satisfied %.4f  mean %.2f  p50 %.2f  p99 %.2f ms  lag p99 %.3f"
            + "  generator %.2f cores  %,d decoded  %s",
        system,
        run.deliveredPerSecond(),
        run.satisfied(),
        run.mean(),
        run.p50(),
        run.p99(),
        run.lagP99(),
        run.generatorCores(),
        run.audited(),
        verdict(List.of(run)));
  }

  /** The table: medians of the runs that count. */
  String table() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d devices × %.3g/s, %d browsers of %s (%s), %d decode, %d s a run after %d s of warm-up;"
                + " medians, milliseconds%n",
            load.devices(),
            load.rate(),
            load.browsers(),
            load.view() == View.all ? "the whole fleet" : "one " + load.view(),
            load.protocol(),
            load.sampled().size(),
            load.measured().toSeconds(),
            load.warmup().toSeconds()));
    text.append(
        String.format(
            Locale.ROOT,
            "%-10s %11s %9s %8s %8s %8s %8s %8s %8s %8s %8s %8s %7s %7s %9s %9s  %s%n",
            "system",
            "delivered/s",
            "satisfied",
            "mean",
            "p50",
            "p90",
            "p99",
            "p99.9",
            "max",
            "p50/fl.",
            "p99/fl.",
            "lag p99",
            "CPU s",
            "RSS MB",
            "CPU ms/k",
            "bytes/k",
            "verdict"));
    outcomes.forEach((system, runs) -> text.append(row(system, runs)));
    return text.toString();
  }

  private String row(String system, List<Outcome> all) {
    List<Outcome> runs = counted(all);
    return String.format(
        Locale.ROOT,
        "%-10s %,11.0f %9.4f %8.2f %8.2f %8.2f %8.2f %8.2f %8.1f %8s %8s %8.3f %7.2f %7.0f %9.3f %9.0f  %s%n",
        system,
        median(runs, Outcome::deliveredPerSecond),
        median(runs, Outcome::satisfied),
        median(runs, Outcome::mean),
        median(runs, Outcome::p50),
        median(runs, run -> run.millis(90)),
        median(runs, Outcome::p99),
        median(runs, run -> run.millis(99.9)),
        median(runs, run -> run.millis(100)),
        ratio(all, Outcome::p50),
        ratio(all, Outcome::p99),
        median(runs, Outcome::lagP99),
        median(runs, run -> run.system().cpuSeconds()),
        median(runs, run -> run.system().residentBytes() / 1e6),
        median(runs, Outcome::cpuMillisPerThousand),
        median(runs, Outcome::bytesPerThousand),
        verdict(all));
  }

  /** The median of each run's ratio to the floor's run beside it. */
  private String ratio(List<Outcome> runs, ToDoubleFunction<Outcome> figure) {
    List<Outcome> floor = outcomes.getOrDefault(FLOOR, List.of());
    List<Double> ratios = new ArrayList<>();
    for (int run = 0; run < Math.min(runs.size(), floor.size()); run++) {
      if (counts(runs.get(run)) && counts(floor.get(run))) {
        ratios.add(figure.applyAsDouble(runs.get(run)) / figure.applyAsDouble(floor.get(run)));
      }
    }
    return ratios.isEmpty() ? "-" : String.format(Locale.ROOT, "%.2f×", middle(ratios));
  }

  private static boolean counts(Outcome run) {
    return !run.failed() && !run.isVoid();
  }

  /** The runs that count; all of them where none does, so that the row says something. */
  private static List<Outcome> counted(List<Outcome> runs) {
    List<Outcome> counted = runs.stream().filter(Report::counts).toList();
    return counted.isEmpty() ? runs : counted;
  }

  static String verdict(List<Outcome> runs) {
    List<Outcome> failed = runs.stream().filter(Outcome::failed).toList();
    if (!failed.isEmpty()) {
      return "failed: " + failed.getFirst().faults();
    }
    long voids = runs.stream().filter(Outcome::isVoid).count();
    if (voids * 2 >= runs.size()) {
      return "void: the generator's lag p99 is above p50/10";
    }
    if (runs.stream().filter(run -> !run.isVoid()).anyMatch(Outcome::saturated)) {
      return "saturated: satisfied is below 0.999";
    }
    return voids == 0 ? "ok" : "ok (" + voids + " of " + runs.size() + " void, left out)";
  }

  private static double median(List<Outcome> runs, ToDoubleFunction<Outcome> figure) {
    return middle(runs.stream().map(figure::applyAsDouble).toList());
  }

  private static double middle(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  void writeJson(Path file) throws IOException {
    try (JsonGenerator out = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      out.writeNumberField("devices", load.devices());
      out.writeNumberField("rate", load.rate());
      out.writeNumberField("browsers", load.browsers());
      out.writeStringField("protocol", load.protocol().name());
      out.writeStringField("view", load.view().name());
      out.writeNumberField("sampled", load.sampled().size());
      out.writeNumberField("seconds", load.measured().toMillis() / 1e3);
      out.writeArrayFieldStart("runs");
      for (Map.Entry<String, List<Outcome>> system : outcomes.entrySet()) {
        for (Outcome run : system.getValue()) {
          writeRun(out, system.getKey(), run);
        }
      }
      out.writeEndArray();
      out.writeEndObject();
    }
  }

  /**
   * Writes each system's latencies, all runs that count together, as HdrHistogram's plotters read
   * them, in milliseconds: beside {@code FILE.hgrm}, {@code FILE-floor.hgrm} and so on.
   */
  void writeHistograms(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.') < 0 ? name.length() : name.lastIndexOf('.');
    for (Map.Entry<String, List<Outcome>> system : outcomes.entrySet()) {
      Histogram all = new Histogram(3);
      counted(system.getValue()).forEach(run -> all.add(run.latency()));
      Path own =
          file.resolveSibling(name.substring(0, dot) + "-" + system.getKey() + name.substring(dot));
      try (PrintStream out = new PrintStream(own.toFile(), StandardCharsets.UTF_8)) {
        all.outputPercentileDistribution(out, 1e6);
      }
    }
  }

  private static void writeRun(JsonGenerator out, String system, Outcome run) throws IOException {
    out.writeStartObject();
    out.writeStringField("system", system);
    for (Map.Entry<String, Double> figure : Figures.of(run).entrySet()) {
      out.writeNumberField(figure.getKey(), figure.getValue());
    }
    out.writeStringField("verdict", verdict(List.of(run)));
    out.writeEndObject();
  }
}

package sightline.drill;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a drill says at its end, for people and as one line of JSON. Stateless. */
final class Report {
  private static final double MILLI_NANOS = 1e6;

  private Report() {}

  static String text(Outcome outcome) {
    Plan plan = outcome.plan();
    Counts counts = outcome.counts();
    StringBuilder text = new StringBuilder();
    text.append(
        "%n%14s %6s %11s %11s %13s   recovered: %7s %7s %7s%n"
            .formatted(
                "acknowledged",
                "lost",
                "unexpected",
                "duplicated",
                "out of order",
                "p50",
                "p95",
                "max"));
    text.append(
        "%14d %6d %11d %11d %13d %19s %7s %7s%n"
            .formatted(
                counts.acknowledged(),
                counts.lost(),
                counts.unexpected(),
                counts.duplicated(),
                counts.disordered(),
                Freshness.seconds(outcome.recoveredNanos(0.5)),
                Freshness.seconds(outcome.recoveredNanos(0.95)),
                Freshness.seconds(outcome.recoveredNanos(1))));
    text.append(
        "whole: p95 %s, max %s; the longest stale: %s%n"
            .formatted(
                Freshness.seconds(outcome.wholeNanos(0.95)),
                Freshness.seconds(outcome.wholeNanos(1)),
                stale(outcome)));
    text.append(
        "%d of %d kills had an event under way; %.1f events/s acknowledged outside of outages, of"
                .formatted(
                    outcome.countedKills(), outcome.kills().size(), outcome.acknowledgedRate())
            + " %d planned; unanswered %d; exit code at the end %d; seed %d%n"
                .formatted(plan.rate(), counts.unanswered(), outcome.exitCode(), plan.seed()));
    outcome.observed().lines().forEach(line -> text.append(line).append('\n'));
    counts.findings().forEach(finding -> text.append("  ").append(finding).append('\n'));
    outcome.failures().forEach(why -> text.append("FAILED: ").append(why).append('\n'));
    if (outcome.failures().isEmpty()) {
      text.append("Passed.\n");
    }
    return text.toString();
  }

  private static String stale(Outcome outcome) {
    return outcome.stale().isEmpty()
        ? "never"
        : new TreeMap<>(outcome.stale())
            .entrySet().stream()
                .map(each -> each.getKey() + " " + Freshness.seconds(each.getValue()))
                .collect(Collectors.joining(", "));
  }

  /** Adds the drill to a file of one JSON object a line. */
  static void append(Path file, Outcome outcome) throws IOException {
    append(file, json(outcome));
  }

  /** Adds one that came to no end. */
  static void appendStuck(Path file, Plan plan, String why) throws IOException {
    Map<String, Object> line = plan(plan);
    line.put("passed", false);
    line.put("failures", List.of(why));
    append(file, line);
  }

  private static void append(Path file, Map<String, Object> line) throws IOException {
    Files.writeString(
        file,
        new ObjectMapper().writeValueAsString(line) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private static Map<String, Object> plan(Plan plan) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", System.currentTimeMillis());
    line.put("fault", plan.fault().word());
    line.put("seed", plan.seed());
    line.put("planned", plan.kills());
    line.put("holdsMs", plan.holds().toMillis());
    line.put("rate", plan.rate());
    line.put("devices", plan.devices());
    line.put("browsers", plan.browsers());
    return line;
  }

  private static Map<String, Object> json(Outcome outcome) {
    Counts counts = outcome.counts();
    Map<String, Object> line = plan(outcome.plan());
    line.put("kills", outcome.countedKills());
    line.put("acknowledged", counts.acknowledged());
    line.put("lost", counts.lost());
    line.put("unexpected", counts.unexpected());
    line.put("duplicated", counts.duplicated());
    line.put("outOfOrder", counts.disordered());
    line.put("unanswered", counts.unanswered());
    line.put("acknowledgedRate", outcome.acknowledgedRate());
    line.put("recoveredP50Ms", outcome.recoveredNanos(0.5) / MILLI_NANOS);
    line.put("recoveredP95Ms", outcome.recoveredNanos(0.95) / MILLI_NANOS);
    line.put("recoveredMaxMs", outcome.recoveredNanos(1) / MILLI_NANOS);
    line.put("wholeP95Ms", outcome.wholeNanos(0.95) / MILLI_NANOS);
    line.put("wholeMaxMs", outcome.wholeNanos(1) / MILLI_NANOS);
    Map<String, Object> stale = new TreeMap<>();
    outcome.stale().forEach((reason, nanos) -> stale.put(reason, nanos / MILLI_NANOS));
    line.put("staleMs", stale);
    line.put("observed", outcome.observed().lines());
    line.put("passed", outcome.failures().isEmpty());
    line.put("failures", outcome.failures());
    return line;
  }
}

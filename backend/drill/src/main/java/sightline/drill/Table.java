package sightline.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every fault's newest line of drill.jsonl, as a table. Immutable. */
final class Table {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEAD =
      "%-16s %5s %12s %5s %10s %10s %12s %28s %17s %8s  %s%n"
          .formatted(
              "fault",
              "times",
              "acknowledged",
              "lost",
              "unexpected",
              "duplicated",
              "out of order",
              "live again p50 / p95 / max s",
              "whole p95 / max s",
              "stale s",
              "verdict");

  private static final String GOALS =
      """
      goals: 0 lost, unexpected, duplicated and out of order; live again p95 <= 5 s; whole p95 <= 10 s (60 s after
      PostgreSQL or Redis was away); stale: the longest that a connected browser was told so, <= 2 s in a roll
      """;

  private final Map<String, JsonNode> newest;

  private Table(Map<String, JsonNode> newest) {
    this.newest = newest;
  }

  static Table read(Path file) throws IOException {
    Map<String, JsonNode> newest = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file)) {
      JsonNode drill = JSON.readTree(line);
      newest.put(drill.path("fault").asText(), drill);
    }
    return new Table(newest);
  }

  String text() {
    StringBuilder text = new StringBuilder("\n").append(HEAD);
    for (Fault fault : Fault.values()) {
      JsonNode drill = newest.get(fault.word());
      if (drill != null) {
        text.append(line(drill));
      }
    }
    return text.append(GOALS).toString();
  }

  private static String line(JsonNode drill) {
    return "%-16s %5d %12d %5d %10d %10d %12d %28s %17s %8s  %s%n"
        .formatted(
            drill.path("fault").asText(),
            drill.path("kills").asInt(),
            drill.path("acknowledged").asInt(),
            drill.path("lost").asInt(),
            drill.path("unexpected").asInt(),
            drill.path("duplicated").asInt(),
            drill.path("outOfOrder").asInt(),
            seconds(drill, "recoveredP50Ms", "recoveredP95Ms", "recoveredMaxMs"),
            seconds(drill, "wholeP95Ms", "wholeMaxMs"),
            stale(drill),
            verdict(drill));
  }

  private static String verdict(JsonNode drill) {
    return drill.path("passed").asBoolean()
        ? "passed"
        : "FAILED: " + drill.path("failures").path(0).asText();
  }

  /** The longest that a connected browser was told so; its own time away is not in it. */
  private static String stale(JsonNode drill) {
    double longest = 0;
    for (var reason : drill.path("staleMs").properties()) {
      if (!reason.getKey().equals(Staleness.AWAY)) {
        longest = Math.max(longest, reason.getValue().asDouble());
      }
    }
    return "%.2f".formatted(longest / 1_000);
  }

  private static String seconds(JsonNode drill, String... fields) {
    StringBuilder text = new StringBuilder();
    for (String field : fields) {
      text.append(text.isEmpty() ? "" : " / ")
          .append("%.2f".formatted(drill.path(field).asDouble() / 1_000));
    }
    return text.toString();
  }
}

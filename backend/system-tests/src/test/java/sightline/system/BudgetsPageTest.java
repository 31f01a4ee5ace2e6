package sightline.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of budgets in docs/guarantees.md names settings, reasons and metrics that exist. */
final class BudgetsPageTest {
  private static final Path ROOT = Path.of(System.getProperty("sightline.root", "../.."));
  private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
  private static final Pattern REASON = Pattern.compile("rejected\\{([a-z-]+)}");
  private static final Pattern NUMBER =
      Pattern.compile("\\| `([a-z.-]+)` \\| [^|]+ \\| a whole number \\|");

  /** Whole numbers that bound nothing of what a client can make us spend. */
  private static final Set<String> NO_BUDGET =
      Set.of(
          "broker.port",
          "gateway.port",
          "run.admin-port",
          "bridge.commit-group",
          "gateway.event-loops",
          "gateway.live.ring-entries",
          "gateway.live.inbox-events",
          "gateway.live.snapshot-devices",
          "gateway.http.file-cache-bytes",
          "history.recorder-batch-rows",
          "probe.keep",
          "simulator.units",
          "simulator.seed");

  /** There once something was refused or closed. */
  private static final Set<String> LATER =
      Set.of("sightline_bridge_rejected_total", "sightline_gateway_closed_total");

  @TempDir private Path folder;

  @Test
  void everySettingThatBoundsAClientIsInTheTableOfBudgets() throws IOException {
    Set<String> numbers = new TreeSet<>();
    Matcher number = NUMBER.matcher(Files.readString(ROOT.resolve("docs/configuration.md")));
    while (number.find()) {
      numbers.add(number.group(1));
    }
    assertTrue(numbers.size() > NO_BUDGET.size(), numbers.toString());
    assertTrue(numbers.containsAll(NO_BUDGET), "no such settings any more: " + NO_BUDGET);
    Set<String> bounds = new TreeSet<>(numbers);
    bounds.removeAll(NO_BUDGET);
    assertEquals(bounds, quoted(5), "the settings of the table, and those that bound something");
  }

  @Test
  void everyMetricAndReasonOfTheTableIsThereAndEveryMetricIsInTheProtocol() throws Exception {
    Set<String> named = quoted(6);
    String sources = gatewaySources();
    Set<String> metrics = new TreeSet<>();
    for (String name : named) {
      Matcher reason = REASON.matcher(name);
      if (reason.matches()) {
        assertTrue(sources.contains('"' + reason.group(1) + '"'), "no such reason: " + name);
      } else {
        metrics.add(name);
      }
    }
    Set<String> live = new TreeSet<>();
    try (Up up = new Up(folder, Map.of())) {
      for (String line : up.ask("/metrics").body().lines().toList()) {
        if (line.startsWith("# TYPE sightline_")) {
          live.add(line.split(" ", -1)[2]);
        }
      }
    }
    metrics.removeAll(LATER);
    metrics.removeAll(live);
    assertEquals(Set.of(), metrics, "in the table, and not at /metrics");
    String protocol = Files.readString(ROOT.resolve("docs/protocol.md"));
    live.removeIf(name -> protocol.contains(name.replaceAll("_max$", "")));
    assertEquals(Set.of(), live, "at /metrics, and not in docs/protocol.md");
  }

  private static String gatewaySources() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(ROOT.resolve("backend/gateway/src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }

  /** What is quoted in a column of the table, from 0. */
  private static Set<String> quoted(int column) throws IOException {
    List<String> rows =
        Files.readAllLines(ROOT.resolve("docs/guarantees.md")).stream()
            .dropWhile(line -> !line.startsWith("| resource |"))
            .takeWhile(line -> line.startsWith("|"))
            .skip(2)
            .toList();
    assertTrue(rows.size() > 20, "the table of budgets has " + rows.size() + " rows");
    Set<String> quoted = new TreeSet<>();
    for (String row : rows) {
      String[] cells = row.split("\\|", -1);
      assertEquals(9, cells.length, row);
      Matcher matcher = QUOTED.matcher(cells[column + 1]);
      while (matcher.find()) {
        quoted.add(matcher.group(1));
      }
      assertTrue(column < 5 || !cells[column + 1].isBlank(), "nothing said: " + row);
    }
    return quoted;
  }
}

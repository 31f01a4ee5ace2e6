package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final long MICRO = 1_000;
  private final Report report =
      new Report(
          Load.wholeFleet(
              600, 2, 120, Protocol.json, Duration.ofSeconds(10), Duration.ofSeconds(15)));

  @Test
  void showsMediansAndTheMedianOfEachRunsRatio() {
    for (int[] pair : new int[][] {{400, 800}, {500, 1_500}, {1_000, 1_100}}) {
      report.add("floor", run(pair[0], 10, new Faults()));
      report.add("sightline", run(pair[1], 10, new Faults()));
    }
    String row =
        report
            .table()
            .lines()
            .filter(line -> line.startsWith("sightline"))
            .findFirst()
            .orElseThrow();
    assertTrue(row.contains("1.10"), row);
    assertTrue(row.contains("2.00×"), row);
    assertTrue(row.endsWith("ok"), row);
    assertTrue(report.allCount());
  }

  @Test
  void leavesOutARunWhoseGeneratorWasLate() {
    report.add("floor", run(400, 10, new Faults()));
    report.add("floor", run(400, 10, new Faults()));
    report.add("floor", run(9_000, 950, new Faults()));
    assertTrue(report.table().contains("ok (1 of 3 void, left out)"));
    assertFalse(report.table().contains("9.0"), report.table());
  }

  @Test
  void isVoidWhereMostRunsWereLate() {
    assertTrue(Report.verdict(List.of(run(400, 41, new Faults()))).startsWith("void"));
    assertEquals("ok", Report.verdict(List.of(run(400, 39, new Faults()))));
  }

  @Test
  void saysThatASystemDidNotKeepUp() {
    Outcome late = run(400, 10, 0.998, new Faults());
    assertTrue(Report.verdict(List.of(run(400, 10, new Faults()), late)).startsWith("saturated"));
  }

  @Test
  void failsWithTheReasonOfAnyRun() {
    Faults faults = new Faults();
    faults.add("a position older than the one held", 2);
    report.add("sightline", run(400, 10, new Faults()));
    report.add("sightline", run(400, 10, faults));
    assertFalse(report.allCount());
    assertTrue(report.table().contains("failed: 2 × a position older than the one held"));
  }

  @Test
  void writesEveryRunAsJson(@TempDir Path folder) throws IOException {
    report.add("floor", run(400, 10, new Faults()));
    Path file = folder.resolve("bench.json");
    report.writeJson(file);
    String json = Files.readString(file);
    assertTrue(json.contains("\"system\" : \"floor\""), json);
    assertTrue(json.contains("\"verdict\" : \"ok\""), json);
  }

  private static Outcome run(int latencyMicros, int lagMicros, Faults faults) {
    return run(latencyMicros, lagMicros, 1, faults);
  }

  private static Outcome run(int latencyMicros, int lagMicros, double satisfied, Faults faults) {
    Histogram latency = new Histogram(3);
    latency.recordValue(latencyMicros * MICRO);
    Histogram lag = new Histogram(3);
    lag.recordValue(lagMicros * MICRO);
    return new Outcome(
        1,
        satisfied,
        latency,
        lag,
        0,
        1,
        new Traffic(1, 1, 1),
        new ProcessUse.Spent(1, 1),
        1,
        1,
        faults);
  }
}

package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryTest {
  private static final String LOAD = "600x2.0/s, 15 s";

  private final Summary summary =
      new Summary(
          List.of(
              cell("floor", 120, 1, "ok", 1),
              cell("up", 120, 1, "ok", 3),
              cell("floor", 120, 2, "ok", 2),
              cell("up", 120, 2, "ok", 4),
              cell("floor", 120, 3, "void: the generator's lag p99 is above p50/10", 9),
              cell("up", 120, 3, "ok", 5),
              cell("seed", 120, 1, "saturated: satisfied is below 0.999", 900),
              cell("nats", 300, 1, "failed: 3 × a browser was closed with code 1008", 7)));

  @Test
  void takesMediansAndTheRatiosToTheFloorOfTheSameRun() {
    assertEquals(4, summary.median("up", 120, "p99.0Ms"));
    assertEquals(2.5, summary.ratio("up", 120, "p99.0Ms"));
    assertEquals("ok (2 of 3 count)", summary.verdict("floor", 120));
  }

  @Test
  void knowsWhatWasTooMuch() {
    assertTrue(summary.beyond("seed", 120));
    assertTrue(summary.beyond("nats", 300));
    assertFalse(summary.beyond("up", 120));
    assertFalse(summary.beyond("up", 300));
  }

  @Test
  void putsTheGoalBesideTheRatio() {
    String row = summary.table().lines().filter(line -> line.contains("up")).findFirst().get();
    assertTrue(row.contains("2.50×"), row);
    assertTrue(row.contains("≤ 2.5 / ≤ 3"), row);
  }

  @Test
  void isReadBackFromItsFileAsItWasWrittenButForALineThatWasCutShort(@TempDir Path folder)
      throws IOException {
    Path path = folder.resolve("results").resolve("report.jsonl");
    CellFile file = new CellFile(path);
    assertEquals(List.of(), file.read());
    for (Cell cell : summary.cells()) {
      file.append(cell);
    }
    Files.writeString(path, "{\"system\":\"up\",\"lo", StandardOpenOption.APPEND);
    assertEquals(summary.cells(), file.read());
  }

  @Test
  void drawsEverySystemInAPageThatNeedsNothingElse() {
    String page = ReportPage.of(summary, LOAD);
    for (String system : summary.systems()) {
      assertTrue(page.contains("<td>" + system + "</td>"), system);
    }
    assertTrue(page.contains("<path d=\"M"), page);
    assertFalse(page.contains("<script") || page.contains("http"), page);
    assertFalse(page.contains("NaN"), page);
  }

  private static Cell cell(String system, int browsers, int run, String verdict, double p99) {
    return new Cell(
        system,
        LOAD,
        browsers,
        run,
        verdict,
        Map.of("p50.0Ms", p99 / 2, "p99.0Ms", p99, "satisfied", 1.0),
        Map.of(50.0, p99 / 2, 99.0, p99, 99.9, p99 * 2));
  }
}

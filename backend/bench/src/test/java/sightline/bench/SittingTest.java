package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SittingTest {
  private static final Load LOAD =
      Load.wholeFleet(10, 10, 1, Protocol.json, Duration.ofMillis(100), Duration.ofMillis(1_200));

  @Test
  void measuresWhatItsFileLacksAndNothingTwice(@TempDir Path folder)
      throws IOException, InterruptedException {
    CellFile file = new CellFile(folder.resolve("report.jsonl"));
    file.append(new Cell("floor", Cell.text(LOAD), 5, 1, "ok", Map.of(), Map.of()));
    Sitting sitting =
        new Sitting(
            List.of(Contender.of("floor")),
            2,
            LOAD,
            new SystemOptions(),
            file,
            new Progress(new PrintStream(OutputStream.nullOutputStream()), false));
    sitting.measure(List.of(5, 8));
    sitting.measure(List.of(5, 8));
    List<Cell> cells = file.read();
    assertEquals(
        List.of("5 1", "5 2", "8 1", "8 2"),
        cells.stream().map(cell -> cell.browsers() + " " + cell.run()).toList());
    assertTrue(cells.get(1).figure("deliveredPerSecond") > 400, cells.get(1).toString());
    assertTrue(cells.get(3).curve().getOrDefault(99.0, 0.0) > 0, cells.get(3).toString());
  }
}

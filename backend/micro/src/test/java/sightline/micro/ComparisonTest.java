package sightline.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComparisonTest {
  private static final List<Figure> BASELINE = run(1_000, 500, 200);

  private static List<Figure> run(double calibration, double nanos, double bytes) {
    return List.of(figure(Measuring.CALIBRATION, calibration, 0), figure("X.x", nanos, bytes));
  }

  private static Figure figure(String name, double nanos, double bytes) {
    return new Figure(name, nanos * 1.2, nanos * 0.3, nanos, bytes);
  }

  private static Comparison compared(List<Figure> now) {
    return Comparison.of(now, BASELINE).getLast();
  }

  @Test
  void moreBytesAreARegression() {
    assertTrue(compared(run(1_000, 500, 224)).allocatesMore());
    assertTrue(compared(run(1_000, 500, 224)).regressed());
  }

  @Test
  void aTenthMoreBytesOrSixteenAreNone() {
    assertFalse(compared(run(1_000, 500, 219)).regressed());
    List<Figure> small = List.of(figure("X.x", 500, 24));
    assertFalse(Comparison.of(List.of(figure("X.x", 500, 40)), small).getFirst().regressed());
  }

  @Test
  void noiseInTimeIsNoRegression() {
    assertFalse(compared(run(1_000, 740, 200)).regressed());
  }

  @Test
  void aSlowerMachineIsNoRegression() {
    assertFalse(compared(run(3_000, 1_700, 200)).regressed());
  }

  @Test
  void twiceTheTimeOnTheSameMachineIsARegression() {
    assertTrue(compared(run(1_000, 1_000, 200)).slower());
    assertTrue(compared(run(500, 500, 200)).slower());
  }

  @Test
  void aNewBenchmarkIsNone() {
    Comparison fresh = Comparison.of(List.of(figure("Y.y", 1, 1)), BASELINE).getFirst();
    assertFalse(fresh.regressed());
    assertTrue(Table.of(List.of(fresh)).contains("no baseline"));
  }

  @Test
  void aFileBringsBackWhatWasWritten(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/figures.json");
    FigureFile.write(file, BASELINE);
    assertEquals(BASELINE, FigureFile.read(file));
  }
}

package sightline.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

/** Every benchmark still runs, here for a moment and in this JVM. */
final class BenchmarksTest {
  private static final Effort A_MOMENT = new Effort(1, 0, 0, 1, Duration.ofMillis(1));

  @Test
  void everyBenchmarkRuns() throws RunnerException {
    List<Figure> figures =
        new Measuring(A_MOMENT, method -> {}).measure(Measuring.methods(Pattern.compile("")));
    assertEquals(
        List.of(
            "BatchForm.decode",
            "BatchForm.encode",
            "Calibration.digits",
            "FleetApply.record",
            "HubTurn.turn all BINARY",
            "HubTurn.turn all JSON",
            "HubTurn.turn city BINARY",
            "HubTurn.turn city JSON",
            "LocationParse.one",
            "UpdateFrame.binary 1",
            "UpdateFrame.binary 10",
            "UpdateFrame.binary 600",
            "UpdateFrame.json 1",
            "UpdateFrame.json 10",
            "UpdateFrame.json 600"),
        figures.stream().map(Figure::name).sorted().toList());
    figures.forEach(figure -> assertTrue(figure.leastNanos() > 0, figure::toString));
  }

  @Test
  void theCalibrationIsAlwaysAmongTheChosen() {
    assertEquals(
        List.of("sightline.micro.Calibration.digits", "sightline.micro.LocationParse.one"),
        Measuring.methods(Pattern.compile("Parse")));
  }
}

package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SoakTest {
  private static final Load LOAD =
      Load.wholeFleet(30, 10, 20, Protocol.json, Duration.ofMillis(300), Duration.ofMillis(2_000));

  @Test
  @Tag("slow")
  void countsEveryPairOfEachMinuteOnce() throws TimeoutException {
    try (FloorServer floor = new FloorServer()) {
      Target target = new Target.Floor(floor.devices(), floor.browsers(), List.of());
      Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream()), false);
      Run run = new Run(target, LOAD, silent);
      List<Soak.Minute> all = run.with(new Soak(target, LOAD, 3, run.faults(), silent));
      assertEquals("", Soak.wrong(all, run.faults(), 0, 0));
      for (Soak.Minute minute : all) {
        assertEquals(30 * 10 * 20, minute.latency().getTotalCount());
      }
    }
  }

  @Test
  void letsPassWhatStaysAsItIs() {
    assertEquals(
        "", Soak.wrong(List.of(minute(1, 1, 100, 7), minute(2, 1, 109, 8)), new Faults(), 10, 1));
  }

  @Test
  void tellsGrowthAndAMinuteThatWasNotSatisfied() {
    List<Soak.Minute> all =
        List.of(minute(1, 1, 0, 7), minute(2, 0.998, 5, 7), minute(3, 1, 11_000_000, 9));
    assertEquals(
        "minute 2 was not satisfied; private memory grew by 11 MB; 2 descriptors more are open",
        Soak.wrong(all, new Faults(), 10_000_000, 1));
  }

  @Test
  void tellsAFault() {
    Faults faults = new Faults();
    faults.add("a browser's connection was closed");
    assertEquals(
        "1 × a browser's connection was closed",
        Soak.wrong(List.of(minute(1, 1, 0, 0)), faults, 0, 0));
    assertEquals("no minute was whole", Soak.wrong(List.of(), new Faults(), 0, 0));
  }

  private static Soak.Minute minute(int number, double satisfied, long bytes, int descriptors) {
    return new Soak.Minute(number, satisfied, new Histogram(3), 1, 5 * bytes, bytes, descriptors);
  }
}

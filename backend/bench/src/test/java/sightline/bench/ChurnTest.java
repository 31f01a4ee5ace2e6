package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ChurnTest {
  @Test
  void aThirdLeavesByCloseFrameAThirdByResetAndAThirdIsAbandoned() {
    Map<Manner, Integer> counts = new EnumMap<>(Manner.class);
    for (int visitor = 0; visitor < 600; visitor++) {
      counts.merge(Manner.of(visitor), 1, Integer::sum);
    }
    assertEquals(
        Map.of(
            Manner.CLOSE_FRAME, 200,
            Manner.RESET, 200,
            Manner.HALF_OPEN, 100,
            Manner.MID_HANDSHAKE, 100),
        counts);
  }

  /** The floor never drops anyone, as a server that leaks half-open connections does not. */
  @Test
  void showsTheAbandonedThatAServerDoesNotDrop() throws IOException, TimeoutException {
    Progress silent = new Progress(new PrintStream(OutputStream.nullOutputStream()), false);
    try (FloorProcess floor = new FloorProcess();
        Churn churn = new Churn(floor.target(), 3, 2, Duration.ofSeconds(1), silent)) {
      churn.start(3, 2, 100_000_000);
      Holdings before = churn.holdings();
      Churn.Round round = churn.round(60, 40);
      assertEquals(20, round.droppedByUs());
      assertTrue(round.mostOpen() >= 40, "open at once: " + round.mostOpen());
      Holdings after = churn.holdings();
      assertTrue(before.heapBytes() > 100_000 && before.descriptors() > 5, before.toString());
      assertTrue(after.descriptors() <= before.descriptors() + 4, after + " was " + before);
      assertTrue(churn.faults().none(), churn.faults().toString());
    }
  }

  @Test
  void noticesAnythingThatIsNotBackWhereItWas() {
    Holdings before = new Holdings(20_000_000, 8_000_000, 100, 0);
    assertTrue(new Holdings(21_000_000, 8_000_000, 101, 9).backAt(before));
    assertFalse(new Holdings(24_000_001, 8_000_000, 100, 0).backAt(before));
    assertFalse(new Holdings(20_000_000, 12_000_001, 100, 0).backAt(before));
    assertFalse(new Holdings(20_000_000, 8_000_000, 105, 0).backAt(before));
  }
}

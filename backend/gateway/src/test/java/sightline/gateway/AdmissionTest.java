package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reconnect storms are scheduled, not suffered. */
final class AdmissionTest {
  @TempDir Path directory;

  @Test
  void beyondTheRateABrowserIsToldWhenToComeBackAndBeyondThatClosed() throws Exception {
    GatewaySettings settings =
        Rig.SETTINGS.with(
            LiveSettings.DEFAULT,
            HttpSettings.DEFAULT,
            new AdmissionSettings(1, 3, 0, 2),
            Duration.ZERO);
    try (Rig rig = new Rig(directory, settings).start()) {
      for (int i = 0; i < 3; i++) {
        try (RawClient admitted = RawClient.live(rig.port())) {
          admitted.message("welcome");
        }
      }
      for (int i = 0; i < 2; i++) {
        try (RawClient refused = RawClient.live(rig.port())) {
          String reconnect = refused.message("reconnect");
          assertTrue(reconnect.contains("\"reason\":\"busy\""), reconnect);
          assertEquals(4001, refused.await(RawClient.CLOSE).closeCode());
        }
      }
      try (RawClient closed = new RawClient(rig.port())) {
        closed.say(RawClient.handshake("/live", ""));
        assertEquals("", closed.head());
      } catch (IOException e) {
        // A reset is a close too.
      }
      assertEquals(2, rig.counted("sightline.gateway.rejected", "reason", "busy"));
      assertEquals(1, rig.counted("sightline.gateway.rejected", "reason", "overload"));
      assertEquals(0, rig.gateway.loops().stream().mapToInt(LoopFanout::size).sum());
    }
  }

  @Test
  void theDelayGrowsWithTheQueueAndIsBounded() {
    Admission admission = new Admission(new AdmissionSettings(100, 1, 1, 1), new Random(7), 0);
    double early = meanDelay(admission, 100);
    meanDelay(admission, 900);
    double late = meanDelay(admission, 100);
    assertTrue(late > 4 * early, early + " then " + late);
    meanDelay(admission, 100_000);
    assertTrue(meanDelay(admission, 1_000) < 31_000);
    double after = admission.comeBackMillis(Duration.ofHours(1).toNanos());
    assertTrue(after < 1_300, "an hour later it was still " + after);
  }

  private static double meanDelay(Admission admission, int refusals) {
    double sum = 0;
    for (int i = 0; i < refusals; i++) {
      sum += admission.comeBackMillis(0);
    }
    return sum / refusals;
  }
}

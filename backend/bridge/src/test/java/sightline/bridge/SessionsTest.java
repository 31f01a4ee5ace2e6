package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** P15. */
class SessionsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private final Sessions sessions = new Sessions();

  @Test
  void twoSessionsThatTakeTurnsAreTwoClients() {
    assertFalse(sessions.alternate("a", 0));
    assertFalse(sessions.alternate("b", SECOND));
    assertFalse(sessions.alternate("a", 2 * SECOND), "once may be a late message");
    assertTrue(sessions.alternate("b", 3 * SECOND));
    assertTrue(sessions.alternate("a", 4 * SECOND));
  }

  @Test
  void aDeviceThatRestartsOrReconnectsIsOneClient() {
    for (int i = 0; i < 20; i++) {
      assertFalse(sessions.alternate("run-" + i, i * SECOND));
      assertFalse(sessions.alternate("run-" + i, i * SECOND));
    }
  }

  @Test
  void oneReturnNowAndAnotherLongAfterAreNoTurns() {
    sessions.alternate("a", 0);
    sessions.alternate("b", SECOND);
    sessions.alternate("a", 2 * SECOND);
    assertFalse(sessions.alternate("b", 70 * SECOND));
  }
}

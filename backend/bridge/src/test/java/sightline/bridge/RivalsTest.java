package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** P62. */
class RivalsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private final Rivals rivals = new Rivals();

  @Test
  void twoSessionsThatTakeTurnsAreTwoClients() {
    assertFalse(rivals.online("a", 0));
    assertFalse(rivals.online("b", SECOND));
    assertFalse(rivals.online("a", 2 * SECOND), "once may be a late message");
    assertTrue(rivals.online("b", 3 * SECOND));
    assertTrue(rivals.online("a", 4 * SECOND));
    assertTrue(rivals.contended(63 * SECOND));
    assertFalse(rivals.contended(64 * SECOND));
  }

  @Test
  void aDeviceThatRestartsOrReconnectsIsOneClient() {
    for (int i = 0; i < 20; i++) {
      assertFalse(rivals.online("run-" + i, i * SECOND));
      assertFalse(rivals.online("run-" + i, i * SECOND));
    }
  }

  @Test
  void oneReturnNowAndAnotherLongAfterAreNoTurns() {
    rivals.online("a", 0);
    rivals.online("b", SECOND);
    rivals.online("a", 2 * SECOND);
    assertFalse(rivals.online("b", 70 * SECOND));
  }

  @Test
  void lastWillsWithLifeRightBehindThemAreTurns() {
    for (int i = 1; i <= 8; i++) {
      rivals.offline(i * SECOND);
      assertEquals(i >= Rivals.TURNS, rivals.online(null, i * SECOND + 1), "turn " + i);
    }
    rivals.offline(20 * SECOND);
    assertTrue(rivals.alive(20 * SECOND + 1), "a position says as much");
  }

  @Test
  void aBadLinkIsOneClient() {
    for (int i = 0; i < 20; i++) {
      rivals.offline(6L * i * SECOND);
      assertFalse(rivals.online(null, (6L * i + 3) * SECOND), "it takes its time to be back");
    }
    for (long i = 200; i < 220; i++) {
      rivals.offline(i * 20 * SECOND);
      assertFalse(rivals.online(null, i * 20 * SECOND + 1), "three in a minute");
    }
    for (int i = 0; i < 90; i++) {
      assertFalse(rivals.online(null, (5_000L + i) * SECOND), "a status each second");
    }
  }

  @Test
  void connectionsThatTheBrokerSaysWereTakenOverAreTurns() {
    for (int i = 1; i <= 8; i++) {
      assertEquals(i >= Rivals.TURNS, rivals.takenOver(i * SECOND));
    }
    assertTrue(rivals.contended(9 * SECOND));
  }
}

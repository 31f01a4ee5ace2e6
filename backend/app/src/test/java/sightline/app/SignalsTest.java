package sightline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ends a process besides a person. */
final class SignalsTest {
  private final Signals signals = Signals.unheard();

  private void dies(Thread thread) throws InterruptedException {
    thread.setUncaughtExceptionHandler(signals::died);
    thread.start();
    thread.join();
  }

  private static void defect() {
    throw new IllegalStateException("a defect");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bridge-rounds",
        "bridge-live",
        "bridge-lease",
        "redis-write",
        "hub",
        "recorder",
        "probe",
        "broker-watch",
        "gateways"
      })
  void aRolesThreadThatDiesEndsItsProcessWithTheReason(String name) throws Exception {
    dies(Thread.ofPlatform().name(name).unstarted(SignalsTest::defect));
    assertTrue(signals.stopping());
    assertEquals("the thread " + name + " has died by a defect", signals.failure());
    assertEquals(Main.REFUSED, signals.exitCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gateway-17", "close-bus", "HttpClient-1-SelectorManager", ""})
  void aThreadOfOneRequestOrOfALibraryEndsNothing(String name) throws Exception {
    dies(Thread.ofVirtual().name(name).unstarted(SignalsTest::defect));
    assertFalse(signals.stopping());
    assertNull(signals.failure());
  }

  @Test
  void theFirstReasonStands() {
    signals.fail("the MQTT broker has ended");
    signals.fail("the bridge has stopped");
    assertEquals("the MQTT broker has ended", signals.failure());
  }
}

package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;
import sightline.protocol.EventKey;

final class AlarmsTest {
  private final Alarms alarms = new Alarms();

  private static EventKey key(String device, int number) {
    return new EventKey(device, "e" + number);
  }

  private void raise(String device, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean _ = alarms.raise(key(device, i));
    }
  }

  private void settle(String device, int from, int to) {
    for (int i = from; i < to; i++) {
      boolean _ = alarms.settle(key(device, i));
    }
  }

  /** A device that loops for days must not take the gateway's memory. */
  @Test
  void soManyAreHeldOfADeviceAndSoManyOfAllAndEachDeviceIsOn() {
    raise("loops", 0, 5_000);
    assertEquals(Alarms.MOST_OF_A_DEVICE, alarms.held());
    for (int device = 0; device < 300; device++) {
      raise("d" + device, 0, 1_000);
    }
    assertTrue(alarms.held() <= Alarms.MOST + 300, "held: " + alarms.held());
    assertTrue(alarms.on("d299"));
  }

  @Test
  void oneWithMoreThanAreHeldStaysOnUntilHistoryKnowsOfNoOther() {
    raise("loops", 0, 1_500);
    settle("loops", 0, 1_000);
    assertTrue(alarms.on("loops"));
    assertTrue(alarms.mustRead());

    alarms.readBegins();
    raise("loops", 1_000, 1_500);
    assertEquals(Set.of(), alarms.readEnds());
    assertFalse(alarms.mustRead());
    settle("loops", 1_000, 1_499);
    assertTrue(alarms.on("loops"));
    assertTrue(alarms.settle(key("loops", 1_499)));
    assertFalse(alarms.on("loops"));
    assertEquals(0, alarms.held());
  }

  @Test
  void oneOfWhichHistoryHasNoOtherIsOffAfterTheRead() {
    raise("loops", 0, 1_001);
    settle("loops", 0, 1_000);
    alarms.readBegins();
    alarms.readFailed();
    assertTrue(alarms.on("loops") && alarms.mustRead());
    alarms.readBegins();
    assertEquals(Set.of("loops"), alarms.readEnds());
    assertFalse(alarms.on("loops"));
  }
}

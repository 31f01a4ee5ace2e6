package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** P15, P16, P27: what counts as life, for every flow. */
final class LifeTest {
  private static final long NOW = 1_767_225_600_000L;
  private final Life life = new Life();

  private boolean published(long received) {
    return life.seen(Life.ofLocations(false, received, received), received);
  }

  @Test
  void whatIsRetainedIsNoLife() {
    life.said(false, false, NOW, 1);
    assertFalse(life.seen(Life.ofLocations(true, NOW + 1, NOW + 1), NOW + 1));
    assertFalse(life.seen(Life.ofStatus(true, true), NOW + 1));
    assertFalse(life.online());
    assertEquals(0, life.lastSeen());
  }

  @Test
  void aBufferShowsThatADeviceIsThereAndNotThatItsPictureIsFresh() {
    published(NOW);
    life.said(false, false, NOW + 1, 1);
    long received = NOW + 600_000;
    assertTrue(life.seen(Life.ofLocations(false, NOW, received), received));
    assertTrue(life.online());
    assertEquals(NOW, life.lastSeen());
  }

  /** Of 300 units that leave ten events each and die by will, with the events behind the will. */
  @Test
  void anEventCountsOnlyBehindAMarkThatWasPublishedAfterTheWill() {
    published(NOW);
    life.said(false, false, NOW + 1, 7);
    for (int i = 0; i < 10; i++) {
      assertFalse(life.seen(life.ofEvent(-1), NOW + 41_000), "what waited in the session");
      assertFalse(life.seen(life.ofEvent(6), NOW + 41_000), "what came before the mark");
    }
    assertFalse(life.online());
    assertTrue(life.seen(life.ofEvent(7), NOW + 42_000));
    assertTrue(life.online());
  }

  @Test
  void anEventThatWaitedDoesNotEndAProbation() {
    published(NOW);
    life.putOnProbation(NOW + 1, 3);
    life.seen(life.ofEvent(2), NOW + 10);
    assertTrue(life.endProbation("no sign of life", NOW + 30_000));
    assertEquals("no sign of life", life.offlineReason());
    assertTrue(published(NOW + 40_000));
    life.putOnProbation(Long.MAX_VALUE, 4);
    published(NOW + 41_000);
    assertFalse(life.endProbation("no sign of life", NOW + 60_000));
  }

  @Test
  void aStepOfTheClockLeavesAgesAsTheyAre() {
    published(NOW);
    life.said(true, false, NOW + 5, 0);
    life.shift(3_600_000);
    assertEquals(NOW + 3_600_000, life.lastSeen());
    assertEquals(NOW + 3_600_005, life.statusReceived());
    life.shift(-3_600_000);
    assertEquals(NOW, life.lastSeen());
  }

  @Test
  void nothingThatAnEarlierBridgeKnewIsLaterThanNow() {
    life.restore(true, null, false, NOW + 10, NOW + 3_600_000, 8 * 3_600_000L, NOW);
    assertEquals(NOW, life.lastSeen());
    assertEquals(NOW, life.statusReceived());
    assertEquals(Rhythm.MAX_MILLIS, life.usualMillis());
  }
}

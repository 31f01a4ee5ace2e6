package sightline.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class CountsTest {
  private static final EventId A1 = new EventId("a", "1");
  private static final EventId A2 = new EventId("a", "2");
  private static final EventId B1 = new EventId("b", "1");

  private final Ledger ledger = new Ledger();

  @BeforeEach
  void threeEventsAreSentAndAcknowledged() {
    for (EventId id : List.of(A1, B1, A2)) {
      ledger.sent(id, 0);
      ledger.acknowledged(id, 1);
    }
  }

  private Counts counts(EventId... second) {
    return Counts.of(
        ledger.all(),
        List.of(new Witness("first", List.of(B1, A1, A2)), new Witness("second", List.of(second))));
  }

  @Test
  void everythingOnceEverywhereIsClean() {
    Counts counts = counts(A1, A2, B1);

    assertEquals(3, counts.acknowledged());
    assertEquals(List.of(), counts.findings());
    assertTrue(counts.clean());
  }

  @Test
  void anEventThatOneWitnessLacksIsLost() {
    Counts counts = counts(A1, A2);

    assertEquals(1, counts.lost());
    assertEquals(List.of("lost: b/1 (second)"), counts.findings());
    assertFalse(counts.clean());
  }

  @Test
  void anEventThatOneWitnessHasTwiceIsDuplicated() {
    Counts counts = counts(A1, B1, A2, B1);

    assertEquals(1, counts.duplicated());
    assertEquals(0, counts.disordered());
    assertFalse(counts.clean());
  }

  @Test
  void anEventThatNobodySentIsUnexpected() {
    Counts counts = counts(A1, A2, B1, new EventId("b", "9"));

    assertEquals(1, counts.unexpected());
    assertFalse(counts.clean());
  }

  @Test
  void anEventBehindALaterOneOfItsDeviceIsOutOfOrder() {
    Counts counts = counts(A2, A1, B1);

    assertEquals(1, counts.disordered());
    assertFalse(counts.clean());
  }

  @Test
  void anEventThatIsNeverAnsweredIsNoSuccess() {
    ledger.sent(new EventId("b", "2"), 2);

    Counts counts = counts(A1, A2, B1);

    assertEquals(1, counts.unanswered());
    assertFalse(counts.clean());
  }

  @Test
  void zeroOfZeroIsNoResult() {
    assertFalse(Counts.of(new Ledger().all(), List.of()).clean());
  }
}

package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sightline.bus.BusMessage;
import sightline.protocol.Refused;

/** P9: what is refused is kept, of units and of ids that are none, within bounds. */
class UnknownUnitsTest {
  private static Refused refused(String reason) {
    return new Refused(1, 9, "location", reason, null, "x");
  }

  @Test
  void refusalsOfAUnitAreOneNoteThatCountsThem() {
    Refusals refusals = new Refusals();
    Map<String, Refused> noted = new HashMap<>();
    refusals.note("dev-1", refused("malformed"));
    refusals.note("dev-1", refused("wrong-type"));
    refusals.drain(noted::put);
    refusals.drain((id, more) -> noted.remove(id));
    assertEquals(Map.of("dev-1", new Refused(2, 9, "location", "wrong-type", null, "x")), noted);
  }

  @Test
  void unitsThatNoteMoreThanTheBoundAreCountedByReasonAlone() {
    Refusals refusals = new Refusals();
    for (int i = 0; i <= Refusals.MOST; i++) {
      refusals.note("dev-" + i, refused("malformed"));
    }
    Map<String, Refused> noted = new HashMap<>();
    refusals.drain(noted::put);
    assertEquals(Refusals.MOST, noted.size());
  }

  @Test
  void idsThatAreNoUnitsAreKeptUntilThereAreTooManyAndToldOnce() {
    UnknownUnits unknown = new UnknownUnits();
    for (int i = 0; i <= UnknownUnits.MOST; i++) {
      unknown.refused("dev-" + i, refused("malformed"));
    }
    assertEquals(UnknownUnits.MOST, unknown.news().units().size());
    assertFalse(unknown.hasNews());
    unknown.refused("dev-0", refused("malformed"));
    unknown.refused("dev-5", refused("empty"));
    assertEquals(
        List.of(
            new BusMessage.Refusals.Unit("dev-0", refused("malformed")),
            new BusMessage.Refusals.Unit(
                "dev-5", new Refused(2, 9, "location", "empty", null, "x"))),
        unknown.news().units());
  }
}

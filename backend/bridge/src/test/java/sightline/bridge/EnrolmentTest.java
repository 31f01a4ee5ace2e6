package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sightline.protocol.NullIsland;
import sightline.protocol.RejectReason;

/** Who may take part. */
final class EnrolmentTest {
  @Test
  void whoTookPartBeforeThisStartCountsAndStays() {
    Enrolment enrolment =
        new Enrolment(
            new DevicesSettings(
                DevicesSettings.Enrol.OPEN, 2, List.of(), Map.of(), NullIsland.REFUSE));
    enrolment.know("a");
    enrolment.know("b");
    enrolment.know("_sightline-probe-1");
    assertEquals(RejectReason.TOO_MANY_DEVICES, enrolment.admit("c"));
    assertNull(enrolment.admit("a"));
    assertNull(enrolment.admit("_sightline-probe-1"));
  }

  @Test
  void whoIsNoLongerRegisteredIsNotLetInBecauseHistoryKnowsIt() {
    Enrolment enrolment =
        new Enrolment(
            new DevicesSettings(
                DevicesSettings.Enrol.REGISTERED, 2, List.of("a"), Map.of(), NullIsland.REFUSE));
    enrolment.know("b");
    assertEquals(RejectReason.NOT_ENROLLED, enrolment.admit("b"));
    assertNull(enrolment.admit("a"));
  }
}

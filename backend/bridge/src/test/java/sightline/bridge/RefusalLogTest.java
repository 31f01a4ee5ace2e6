package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** P9: what is refused is logged by unit and reason. */
class RefusalLogTest {
  private final List<String> lines = new ArrayList<>();
  private long seconds;
  private final RefusalLog log =
      new RefusalLog(lines::add, () -> TimeUnit.SECONDS.toNanos(seconds));

  @Test
  void eachUnitAndReasonHasALineOfItsOwnHoweverMuchAnotherUnitSends() {
    for (int i = 0; i < 1_000; i++) {
      log.say("dev-1", "location", "wrong-type", "lat must be a number");
    }
    log.say("dev-1", "location", "out-of-range", "lon must be from -180 to 180");
    log.say("dev-2", "status", "wrong-type", "online must be true or false");
    assertEquals(
        List.of(
            "Refused of dev-1 on location: wrong-type: lat must be a number",
            "Refused of dev-1 on location: out-of-range: lon must be from -180 to 180",
            "Refused of dev-2 on status: wrong-type: online must be true or false"),
        lines);
  }

  @Test
  void theNextLineSaysHowManyThereWereSince() {
    for (int i = 0; i < 10; i++) {
      log.say("dev-1", "location", "wrong-type", "lat must be a number");
    }
    seconds = 60;
    log.say("dev-1", "location", "wrong-type", "lat must be a number");
    assertEquals(
        "Refused of dev-1 on location, 9 more: wrong-type: lat must be a number", lines.getLast());
  }

  @Test
  void manyUnitsAtOnceFillNoLogAndAreSummedUp() {
    for (int i = 0; i < 5_000; i++) {
      log.say("dev-" + i, "location", "malformed", "not JSON");
    }
    assertEquals(RefusalLog.MOST_LINES, lines.size());
    seconds = 61;
    log.say("dev-9999", "location", "malformed", "not JSON");
    assertEquals(
        "Refused 4900 more publishes, which are counted and not logged",
        lines.get(RefusalLog.MOST_LINES));
  }

  @Test
  void aTopicFromOutsideMakesNoLineOfItsOwn() {
    log.say("no unit", "devices/a\nb/location" + "x".repeat(500), "bad-topic", "no device");
    assertTrue(
        lines.getFirst().contains("a?b") && lines.getFirst().length() < 300, lines::toString);
  }
}

package sightline.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import sightline.protocol.Status;

/** P62. */
class HeldWillsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private final HeldWills held = new HeldWills();

  private static LiveInput.Said gone(String device) {
    return new LiveInput.Said(
        device, new Status(false, 1, null, null, null, null, null, null), false, 1, 1);
  }

  @Test
  void aWillIsDueAfterFiveSecondsOnceAndNotWhereItsUnitPublished() {
    held.hold(gone("silent"), 0);
    held.hold(gone("silent"), 3 * SECOND);
    held.hold(gone("alive"), 1);
    held.hold(gone("later"), SECOND);
    held.forget("alive");
    assertEquals(List.of(), held.due(5 * SECOND - 1));
    assertEquals(List.of(gone("silent")), held.due(5 * SECOND));
    assertEquals(List.of(gone("later")), held.due(6 * SECOND));
    assertEquals(List.of(), held.due(60 * SECOND));
  }
}

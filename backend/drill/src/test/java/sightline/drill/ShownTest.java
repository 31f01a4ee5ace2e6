package sightline.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ShownTest {
  private final Shown shown = new Shown();

  private void update(String devices, long now) {
    String message = "{\"type\":\"update\",\"n\":1,\"devices\":[" + devices + "]}";
    shown.read(message.getBytes(StandardCharsets.UTF_8), true, now);
  }

  @Test
  void eachNewPositionCountsByItsAgeAndOneThatIsShownAlreadyDoesNot() {
    update("{\"id\":\"a\",\"timestamp\":100,\"lat\":1.5},{\"id\":\"b\",\"timestamp\":90}", 110);
    update("{\"id\":\"a\",\"timestamp\":100,\"state\":\"stopped\"}", 5_000);

    Ages ages = shown.takeAges();

    assertEquals(2, ages.count());
    assertEquals(10, ages.percentile(0.5));
    assertEquals(20, ages.percentile(1));
    assertEquals(Map.of("a", 100L, "b", 90L), shown.newest());
  }

  @Test
  void aPictureIsReachedOnceNoDeviceIsOlder() {
    update("{\"id\":\"a\",\"timestamp\":100}", 110);

    assertTrue(shown.reaches(Map.of("a", 100L)));
    assertFalse(shown.reaches(Map.of("a", 101L)));
    assertFalse(shown.reaches(Map.of("b", 1L)));
  }

  @Test
  void whatIsShownGrowsOldWhileNothingComes() {
    update("{\"id\":\"a\",\"timestamp\":100},{\"id\":\"other\",\"timestamp\":100}", 110);
    Ages ages = new Ages();

    shown.sample("a", 3_100, ages);

    assertEquals(1, ages.count());
    assertEquals(3_000, ages.percentile(0.99));
  }
}

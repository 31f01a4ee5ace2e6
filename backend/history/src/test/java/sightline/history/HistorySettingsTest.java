package sightline.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class HistorySettingsTest {
  private static final Duration DAYS = Duration.ofDays(2);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void eachSettingIsCheckedAndNamedAsInTheFile() {
    assertRefused("events-retention", () -> new HistorySettings(SECOND, DAYS, 4, SECOND, 9));
    assertRefused("positions-retention", () -> new HistorySettings(DAYS, SECOND, 4, SECOND, 9));
    assertRefused("readers", () -> new HistorySettings(DAYS, DAYS, 0, SECOND, 9));
    assertRefused("recorder-interval", () -> new HistorySettings(DAYS, DAYS, 4, DAYS, 9));
    assertRefused("recorder-batch-rows", () -> new HistorySettings(DAYS, DAYS, 4, SECOND, 0));
  }

  @Test
  void theDefaultsAreThoseOfTheDesign() {
    assertEquals(Duration.ofDays(400), HistorySettings.DEFAULT.eventsRetention());
    assertEquals(Duration.ofDays(30), HistorySettings.DEFAULT.positionsRetention());
    assertEquals(Duration.ofSeconds(30), HistorySettings.DEFAULT.recorderInterval());
  }

  private static void assertRefused(String setting, Executable creation) {
    String message =
        String.valueOf(assertThrows(IllegalArgumentException.class, creation).getMessage());
    assertEquals(setting, message.substring(0, message.indexOf(' ')));
  }
}

package sightline.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "300us,PT0.0003S",
    "500ms,PT0.5S",
    "0ms,PT0S",
    "30s,PT30S",
    "15m,PT15M",
    "25h,PT25H",
    "30d,P30D"
  })
  void readAndWrittenTheSame(String text, Duration duration) {
    assertEquals(duration, Durations.parse(text));
    assertEquals(text, Durations.format(duration));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "30", "-1s", "1.5s", "1w", "s", "9999999999999s"})
  void anythingElseIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
  }
}

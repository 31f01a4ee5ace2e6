package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P33: how moments are taken, and given in files. */
final class MomentsTest {
  private static final long NEW_YEAR = 1_767_225_600_000L;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1767225600000",
        "2026-01-01",
        "2026-01-01T00:00",
        "2026-01-01T00:00:00",
        "2026-01-01 00:00:00",
        "2026-01-01T00:00:00Z",
        "2026-01-01t00:00:00.000z",
        "2026-01-01T00:00:00+0000",
        "2026-01-01T00:00:00+00:00",
        "2026-01-01T00:00:00 00:00",
        "2026-01-01T00:00:00-00:00",
        "2026-01-01T01:00:00+01:00",
        "2026-01-01T01:00:00 01:00",
        "2026-01-01T01:00:00.0 0100",
        "2026-01-01 01:00:00 01",
        "2025-12-31T18:30:00-0530"
      })
  void oneMomentIsTakenInEachOfItsForms(String text) throws BadRequest {
    assertEquals(NEW_YEAR, Moments.parse("from", text));
  }

  @Test
  void secondsAreRefusedWithTheNumberThatWasMeant() throws BadRequest {
    BadRequest refused = assertThrows(BadRequest.class, () -> Moments.parse("from", "1767225600"));
    assertTrue(String.valueOf(refused.getMessage()).contains("1767225600000"));
    assertEquals(0, Moments.parse("from", "0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "yesterday",
        "NaN",
        "1e12",
        "2026-13-01",
        "2026-01-01T25:00",
        "1767225600000.5",
        "999999999999999",
        "2026-01-01T00:00:00+1",
        "2026-01-01T",
        "-1",
        " "
      })
  void whatIsNoMomentIsRefused(String text) {
    assertThrows(BadRequest.class, () -> Moments.parse("from", text));
  }

  @Test
  void aFileHasOneFormWithMilliseconds() {
    assertEquals("2026-01-01T00:00:00.000Z", Moments.text(NEW_YEAR));
    assertEquals("2026-01-01T00:00:00.120Z", Moments.text(NEW_YEAR + 120));
    assertEquals("9999-12-31T23:59:59.999Z", Moments.text(253_402_300_799_999L));
  }
}

package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small rules: pace, rest, names, moments, cursors, settings. */
final class RulesTest {
  private static final long MS = 1_000_000;

  @Test
  void aBrowserThatNeverSaysWhatItDrewIsNeverBehind() {
    Pace pace = new Pace(Duration.ofSeconds(1));
    pace.sent(1, 0);
    assertFalse(pace.behind(Long.MAX_VALUE));
  }

  @Test
  void aBrowserIsBehindASecondAfterWhatItHasNotDrawn() {
    Pace pace = new Pace(Duration.ofSeconds(1));
    pace.sent(1, 0);
    pace.drawn(1, 10 * MS);
    pace.sent(2, 20 * MS);
    assertFalse(pace.behind(900 * MS));
    assertTrue(pace.behind(1_100 * MS));
    pace.drawn(2, 1_200 * MS);
    assertFalse(pace.behind(5_000 * MS));
  }

  @Test
  void theRestFollowsTheLoadWithinItsBounds() {
    Rest rest = new Rest(Duration.ofNanos(300_000), Duration.ofMillis(1));
    assertEquals(300_000, rest.left(100, 0, 100));
    assertEquals(600_000, rest.left(600_000, 0, 600_000));
    assertEquals(MS, rest.left(9 * MS, 0, 9 * MS));
    assertTrue(rest.left(20 * MS, 0, 9 * MS) <= 0);
  }

  @Test
  void aTokenBucketGivesItsBurstAndThenItsRate() {
    TokenBucket bucket = new TokenBucket(10, 2, 0);
    assertTrue(bucket.take(0));
    assertTrue(bucket.take(1));
    assertFalse(bucket.take(50 * MS));
    assertTrue(bucket.take(101 * MS));
  }

  @ParameterizedTest
  @CsvSource({
    "1767225600000,1767225600000",
    "2026-01-01T00:00:00Z,1767225600000",
    "2026-01-01T01:00:00+01:00,1767225600000",
    "2026-01-01T01:00:00 01:00,1767225600000",
    "2026-01-01T00:00:00,1767225600000",
    "2026-01-01,1767225600000",
    "-100000000000,-100000000000"
  })
  void aMomentIsIsoOrMilliseconds(String text, long millis) throws BadRequest {
    assertEquals(millis, Moments.parse("from", text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "2026-13-01", "1e3", "99999999999999999999", "999999999999999"})
  void whatIsNoMomentIsSaid(String text) {
    assertThrows(BadRequest.class, () -> Moments.parse("from", text));
  }

  @Test
  void aCursorIsReadBackAndAnythingElseIsNot() throws BadRequest {
    for (long seq : List.of(0L, 35L, 36L, Long.MAX_VALUE)) {
      assertEquals(seq, Cursors.seq(Cursors.text(seq)));
    }
    for (String text : List.of("", "e1-", "e1--1", "e2-1", "1", "e1-zzzzzzzzzzzzzzzz", "e1-+1")) {
      assertThrows(BadRequest.class, () -> Cursors.seq(text), text);
    }
  }

  @Test
  void onlyLoopbackAndNamedHostsAndOriginsAreKnown() {
    Names names =
        new Names(List.of("Map.example", "b.example:8443"), List.of("https://map.example"));
    assertTrue(names.serves("map.example:80") && names.serves("B.example:8443"));
    assertFalse(names.serves("b.example") || names.serves(null) || names.serves(""));
    assertTrue(names.trusts(null) && names.trusts("https://MAP.example"));
    for (String origin :
        List.of(
            "http://map.example",
            "null",
            "http://localhost@evil",
            "file://localhost",
            "http://127.0.0.1.evil",
            "http://localhost/path",
            "http://[::1")) {
      assertFalse(names.trusts(origin), origin);
    }
  }

  @ParameterizedTest
  @CsvSource({"bytes=0-0,0,1", "bytes=2-,2,8", "bytes=-3,7,3", "bytes=5-99,5,5", "bytes=-99,0,10"})
  void aRangeIsCutToTheFile(String header, long first, long length) {
    assertEquals(new ByteRange(first, length), ByteRange.of(header, 10));
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> GatewaySettings.DEFAULT.withPort(70_000));
    assertEquals("port must be from 0 to 65535, not 70000", refused.getMessage());
    assertEquals(1, GatewaySettings.DEFAULT.loops(2));
    assertEquals(4, GatewaySettings.DEFAULT.loops(8));
  }
}

package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReturnerTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "0, 1, 5000",
    "4000, 0.5, 2500",
    "12000, 0.5, 6000",
    "12000, 1, 12000",
    "90000, 1, 30000"
  })
  void waitsAsThePageDoes(long awayMillis, double random, long delayMillis) {
    assertEquals(delayMillis, Returner.delayMillis(awayMillis, random));
  }

  private static Returning.Noticed noticed(double satisfied, long worstMillis) {
    Histogram latency = new Histogram(3);
    latency.recordValue(worstMillis * 1_000_000);
    return new Returning.Noticed(satisfied, latency, 0.5);
  }

  private static Returners.Came came(int lost, double last, boolean all) {
    return new Returners.Came(100, lost, 0, 0, Map.of(), 100, 1, 2, last, all);
  }

  private static boolean good(Returning.Noticed meanwhile, Returners.Came came) {
    return new Returning.Seen(Returning.End.kill, noticed(1, 5), meanwhile, came).good();
  }

  @Test
  void isGoodWhereAllAreBackInTimeAndNobodyStarves() {
    assertTrue(good(noticed(1, 5), came(100, 29, true)));
    assertTrue(good(noticed(0.9995, 1_900), came(100, 1, true)));
  }

  @Test
  void isNoneWhereOneIsMissingOrLate() {
    assertFalse(good(noticed(1, 5), came(100, 29, false)));
    assertFalse(good(noticed(1, 5), came(100, 31, true)));
  }

  @Test
  void isNoneWhereTheLiveOnesWait() {
    assertFalse(good(noticed(0.99, 5), came(100, 1, true)));
    assertFalse(good(noticed(1, 2_100), came(100, 1, true)));
  }

  @Test
  void isNoneWhereTheGatewayNeverWent() {
    assertFalse(good(noticed(1, 5), came(0, Double.NaN, true)));
  }
}

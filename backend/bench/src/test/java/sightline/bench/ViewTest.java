package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ViewTest {
  @Test
  void aCityAsksForABoxAndAZoomAsTheMapDoes() {
    assertEquals(
        "{\"type\":\"subscribe\",\"view\":{\"bbox\":[9.600,46.000,9.700,46.100],\"zoom\":13}}",
        View.city.subscribe(6, 600));
  }

  @Test
  void aCityIsOwedWhatIsWellInsideAlone() {
    int owed =
        (int)
            IntStream.range(0, 10_000)
                .filter(device -> View.city.owes(12, device, 10_000, 100))
                .peek(device -> assertTrue(inside(device), "device " + device))
                .count();
    assertTrue(owed > 20, "owed " + owed);
  }

  private static boolean inside(int device) {
    long lat = Motion.latMicros(device, 50);
    long lon = Motion.lonMicros(device, 50);
    return lat > 46_100_000 && lat < 46_200_000 && lon > 9_200_000 && lon < 9_300_000;
  }

  @Test
  void oneUnitIsOwedItself() {
    assertTrue(View.device.owes(601, 1, 600, 100));
    assertFalse(View.device.owes(601, 2, 600, 100));
  }

  @Test
  void aSampleIsSpreadOverAllBrowsersAndFoundBackByItsPlace() {
    for (Sample sample :
        new Sample[] {new Sample(1_000, 30), new Sample(7, 3), new Sample(5, 30)}) {
      int place = 0;
      for (int browser = 0; browser < sample.browsers(); browser++) {
        if (sample.place(browser) >= 0) {
          assertEquals(place, sample.place(browser));
          assertEquals(browser, sample.browser(place++));
        }
      }
      assertEquals(sample.size(), place);
    }
  }
}

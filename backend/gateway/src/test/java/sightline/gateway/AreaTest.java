package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import sightline.protocol.ClientMessage.Scope;

final class AreaTest {
  private static Area of(double west, double south, double east, double north, double zoom) {
    return Area.of(new Scope.View(west, south, east, north, zoom, List.of()));
  }

  private static boolean in(Area area, double lon, double lat) {
    return area.contains(Grid.column(lon), Grid.row(lat));
  }

  @Test
  void anAreaHoldsAllOfItsBoxAndNoMoreThanTwoCellsAround() {
    Random random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      double zoom = random.nextDouble() * 20;
      double width = 1_900.0 / 512 * 360 / Math.pow(2, zoom);
      double west = random.nextDouble() * 360 - 180;
      double east = width >= 360 ? west : (west + width + 180) % 360 - 180;
      double south = random.nextDouble() * 170 - 85;
      double north = Math.min(90, south + width / 3);
      Area area = of(west, south, east, north, zoom);
      assertTrue(area.columns() * area.rows() <= 144, area.toString());
      double at = random.nextDouble();
      double lon = width >= 360 ? west : (west + width * at + 180) % 360 - 180;
      assertTrue(in(area, lon, south + (north - south) * at), () -> "seed 7: " + area);
      double cell = 360.0 / (1 << area.level());
      if (width + 6 * cell < 360) {
        double far = (east + 2.01 * cell + 180) % 360 - 180;
        assertFalse(in(area, far, south), () -> "seed 7: " + area);
      }
    }
  }

  @Test
  void anAreaGoesOnOverTheDateLine() {
    Area area = of(179, -18, -179, -16, 8);
    assertTrue(in(area, 179.5, -17));
    assertTrue(in(area, -179.5, -17));
    assertFalse(in(area, 170, -17));
    assertFalse(in(area, -170, -17));
    assertFalse(in(area, 0, -17));
  }

  @Test
  void theWholeWorldIsAnArea() {
    Area area = of(-180, -90, 180, 90, 1);
    for (double lon = -180; lon <= 180; lon += 15) {
      assertTrue(in(area, lon, 90));
      assertTrue(in(area, lon, -90));
    }
    assertFalse(in(area, Double.NaN, Double.NaN));
  }

  @Test
  void aBoxThatIsFarTooLargeForItsZoomGetsCoarserCells() {
    Area area = of(-180, -90, 180, 90, 22);
    assertTrue(area.columns() * area.rows() <= 144);
    assertEquals(3, area.level());
  }
}

package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class MotionTest {
  @Test
  void writesTheFieldsOfALocationAsJson() {
    byte[] json = new byte[256];
    int end = Motion.writeFields(json, 0, 0, 2, 1_767_225_600_123L);
    assertEquals(
        "\"timestamp\":1767225600123,\"lat\":46.000074,\"lon\":9.000106,\"heading\":0.6,"
            + "\"speed\":2.2,\"seq\":2}",
        new String(json, 0, end, StandardCharsets.US_ASCII));
  }

  @Test
  void neverStandsStillAndStaysWhereTheEarthIs() {
    for (int device : List.of(0, 1, 599, 49_999)) {
      for (int sequence = 0; sequence < 40_000; sequence++) {
        long lat = Motion.latMicros(device, sequence);
        assertNotEquals(lat, Motion.latMicros(device, sequence + 1));
        assertTrue(lat >= 46_000_000 && lat < 47_100_000);
        long heading = Motion.headingTenths(device, sequence);
        assertTrue(heading >= 0 && heading < 3_600);
        assertTrue(Motion.speedTenths(device, sequence) > 10);
      }
    }
  }

  @Test
  void readsItsOwnDeviceIdsBackAndNoOthers() {
    for (int device : List.of(0, 9, 599, 9_998, 9_999, 49_999)) {
      byte[] id = Motion.ascii(DeviceIds.id(device));
      assertEquals(device, DeviceIds.index(id, id.length));
    }
    for (String other : List.of("dev-1", "bench-1", "bench-00a1", "bench-", "_sightline-probe")) {
      byte[] id = Motion.ascii(other);
      assertEquals(-1, DeviceIds.index(id, id.length), other);
    }
  }
}

package sightline.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole Sightline says how it is, and how long it takes from a device to a browser. */
@Tag("slow")
final class HealthTest {
  @TempDir private Path folder;

  @Test
  void theProbeMeasuresEveryHopAndIsSeenByNobody() throws Exception {
    try (Up up = new Up(folder.resolve("up"), Map.of("SIGHTLINE_PROBE_INTERVAL", "1s"))) {
      Await.until(
          "the probe has measured twice",
          () -> up.get("/api/v1/health/latency").path("measured").asInt() >= 2);
      JsonNode latency = up.get("/api/v1/health/latency");
      JsonNode round = latency.path("items").path(latency.path("items").size() - 1);
      assertFalse(round.has("failed"), latency.toString());
      double hops =
          round.path("broker").asDouble()
              + round.path("bridge").asDouble()
              + round.path("gatewayHop").asDouble();
      assertTrue(round.path("broker").asDouble() > 0, latency.toString());
      assertEquals(round.path("total").asDouble(), hops, 0.01);
      assertEquals(0, sample(up, "sightline_probe_failures_total", ""));
      assertTrue(sample(up, "sightline_probe_latency_seconds_count", "{hop=\"total\"}") >= 2);
      assertTrue(sample(up, "sightline_probe_last_success_timestamp_seconds", "") > 1e9);
      assertEquals(0, up.get("/api/v1/devices").path("items").size());
      Await.until(
          "every part is up",
          () -> {
            for (JsonNode part : up.get("/api/v1/health").path("parts")) {
              if (!part.path("state").asText().equals("up")) {
                return false;
              }
            }
            return true;
          });
    }
  }

  private static double sample(Up up, String name, String labels) throws Exception {
    return up.samples(name).getOrDefault(labels, Double.NaN);
  }
}

package sightline.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sightline.simulator.ReturningFleet;

/** P49, G6: what a device of the SDK had to keep is in history whole, whatever ends meanwhile. */
@Tag("slow")
final class ReturningFleetTest {
  private static final int UNITS = 2;
  private static final int POSITIONS = 20_000;

  @TempDir Path folder;

  @Test
  void aFleetsBacklogIsInHistoryWholeWhenTheBridgeIsKilledWhileItComes() throws Exception {
    try (RunRig rig = new RunRig(folder)) {
      RoleProcess standby = rig.run("bridge");
      rig.until("the standby is ready", standby::ready);
      URI broker = URI.create("mqtt://127.0.0.1:" + rig.mosquitto.port());
      try (ReturningFleet fleet =
          new ReturningFleet(broker, UNITS, POSITIONS, folder.resolve("spools"))) {
        fleet.keepAway();
        fleet.comeBack();
        rig.until("a part of it is answered", () -> fleet.recorded() > POSITIONS / 4);
        assertTrue(!fleet.drained(), "and a part is not");

        rig.bridge.process().destroyForcibly();

        rig.until("all of it is answered", fleet::drained);
        assertEquals(Map.of(), fleet.missed());
      }
      for (int unit = 1; unit <= UNITS; unit++) {
        assertEquals(POSITIONS, recorded(rig, ReturningFleet.id(unit)));
      }
      assertEquals(0, rig.gateway.metric("sightline_recorder_missed_total"));
      assertEquals(0, standby.metric("sightline_bridge_positions_dropped_total"));
    }
  }

  private static int recorded(RunRig rig, String unit) throws Exception {
    int count = 0;
    String cursor = "";
    do {
      JsonNode page =
          rig.gateway.api(
              "/api/v1/devices/" + unit + "/track?limit=100000&from=1000000000000" + cursor);
      count += page.path("items").size();
      cursor = page.path("next").isTextual() ? "&cursor=" + page.path("next").asText() : "";
    } while (!cursor.isEmpty());
    return count;
  }
}

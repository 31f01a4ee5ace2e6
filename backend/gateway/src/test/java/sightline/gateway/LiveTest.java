package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The picture of positions on a browser. */
final class LiveTest {
  @TempDir Path directory;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(directory);
    rig.publish(Rig.device("dev-1", 43.7, 7.4, 10), Rig.device("dev-2", 43.8, 7.5, 0));
    rig.start();
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  @Test
  void aNewcomerIsWelcomedAndGetsTheWholePicture() throws Exception {
    try (LiveClient client = rig.live()) {
      assertEquals(1, client.await("welcome").path("protocol").asInt());
      client.send("{\"type\":\"subscribe\",\"devices\":\"all\"}");
      JsonNode snapshot = client.await("snapshot");
      assertEquals(2, snapshot.path("devices").size());
      assertFalse(snapshot.path("more").asBoolean());
      assertEquals("moving", snapshot.path("devices").get(0).path("state").asText());
      assertEquals("stopped", snapshot.path("devices").get(1).path("state").asText());
    }
  }

  @Test
  void anUpdateCarriesOnlyWhatChangedWithIdFirst() throws Exception {
    try (LiveClient client = rig.liveAll()) {
      rig.publish(Rig.device("dev-1", 43.71, 7.4, 11));
      JsonNode update = client.await("update");
      JsonNode device = update.path("devices").get(0);
      assertEquals("dev-1", device.path("id").asText());
      assertEquals(43.71, device.path("lat").asDouble());
      assertFalse(device.has("name"));
      assertTrue(device.toString().startsWith("{\"id\":\"dev-1\",\"timestamp\":"));
    }
  }

  @Test
  void aRoomHearsOfItsDevicesAloneAndOfOnesThatComeLater() throws Exception {
    try (LiveClient client = LiveClient.open(rig.port(), "?devices=dev-2,dev-9")) {
      assertEquals(1, client.await("snapshot").path("devices").size());
      rig.publish(Rig.device("dev-1", 43.72, 7.4, 11));
      rig.publish(Rig.device("dev-9", 44, 7, 0));
      JsonNode device = client.await("update").path("devices").get(0);
      assertEquals("dev-9", device.path("id").asText());
      assertEquals("Unit dev-9", device.path("name").asText());
    }
  }
}

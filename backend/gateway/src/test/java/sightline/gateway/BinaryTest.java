package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P21, P45: a browser that takes sightline.v1.bin sees what one that takes JSON sees. */
final class BinaryTest {
  private static final String SUBSCRIBE =
      "{\"type\":\"subscribe\",\"devices\":\"all\",\"events\":{\"since\":null}}";

  @TempDir Path directory;

  private static LiveClient binary(Rig rig) throws Exception {
    LiveClient client = LiveClient.at(rig.port(), "/live", "sightline.v1.bin", "sightline.v1.json");
    assertEquals("sightline.v1.bin", client.socket().getSubprotocol());
    client.send(SUBSCRIBE);
    return client;
  }

  @Test
  void p45TheSnapshotSaysWhatJsonSays() throws Exception {
    try (Rig rig = new Rig(directory)) {
      rig.publish(Rig.device("dev-1", 47.1410001, -9.5208, 12.34), Rig.device("dev-2", -1, 2, 0));
      rig.start();
      try (LiveClient bin = binary(rig);
          LiveClient json = rig.live()) {
        json.send(SUBSCRIBE);
        JsonNode said = json.await("snapshot").path("devices");
        JsonNode packed = bin.await("snapshot");
        assertTrue(packed.path("binary").asBoolean());
        assertFalse(packed.path("more").asBoolean());
        assertEquals(2, packed.path("devices").size());
        for (int i = 0; i < 2; i++) {
          JsonNode device = packed.path("devices").get(i);
          for (String field : device.propertyStream().map(java.util.Map.Entry::getKey).toList()) {
            if (!field.equals("altitude")) {
              assertEquals(
                  said.get(i).path(field).asText(),
                  device.path(field).asText().replaceAll("\\.0$", ""),
                  field);
            }
          }
        }
      }
    }
  }

  @Test
  void p45AnUpdateNamesAUnitByItsNumberAndANewOneByItsIdToo() throws Exception {
    try (Rig rig = new Rig(directory)) {
      rig.publish(Rig.device("dev-1", 47, 9, 1));
      rig.start();
      try (LiveClient bin = binary(rig);
          LiveClient json = rig.liveAll()) {
        bin.await("events");
        rig.publish(Rig.device("dev-1", 47.5, 9.5, 2));
        JsonNode moved = bin.await("update").path("devices").get(0);
        assertEquals("dev-1", moved.path("id").asText());
        assertEquals(47.5, moved.path("lat").asDouble());
        assertTrue(moved.path("name").isMissingNode());
        assertEquals(47.5, json.await("update").path("devices").get(0).path("lat").asDouble());
        rig.publish(Rig.device("dev-9", 48, 10, 2));
        JsonNode come = bin.await("update").path("devices").get(0);
        assertEquals("Unit dev-9", come.path("name").asText());
      }
    }
  }

  @Test
  void eventsHealthAndTheRestStayText() throws Exception {
    try (Rig rig = new Rig(directory).start();
        LiveClient bin = binary(rig)) {
      bin.await("events");
      rig.record(Rig.event("dev-1", "e-1", "critical"));
      assertEquals("e-1", bin.await("events").path("events").get(0).path("id").asText());
      bin.await("heartbeat");
    }
  }

  @Test
  void jsonIsSpokenWhereABrowserOffersItAlone() throws Exception {
    try (Rig rig = new Rig(directory).start();
        LiveClient client = rig.live()) {
      assertEquals("sightline.v1.json", client.socket().getSubprotocol());
    }
  }
}

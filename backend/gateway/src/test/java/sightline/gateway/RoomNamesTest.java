package sightline.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** G5: who names devices that do not exist costs a name each, within bounds, and no place. */
final class RoomNamesTest {
  @TempDir Path directory;

  private static String subscribe(int client, int names) {
    StringBuilder text = new StringBuilder("{\"type\":\"subscribe\",\"devices\":[\"dev-1");
    for (int i = 1; i < names; i++) {
      text.append("\",\"x-").append(client).append('-').append(i);
    }
    return text.append("\"]}").toString();
  }

  @Test
  void g5NamesOfUnknownDevicesTakeNoPlaceAndAreGivenBack() throws Exception {
    try (Rig rig = new Rig(directory)) {
      rig.publish(Rig.device("dev-1", 1, 1, 1));
      rig.start();
      try (LiveClient one = rig.live();
          LiveClient other = rig.live()) {
        one.send(subscribe(1, 2_000));
        other.send(subscribe(2, 2_000));
        one.await("snapshot");
        other.await("snapshot");
        assertEquals(1, rig.gateway.hub().ask(hub -> hub.fleet().slots().size()).join());
        assertEquals(3_998, rig.gateway.hub().ask(hub -> hub.fleet().awaited()).join());
        assertEquals(4_000, rig.metrics.get("sightline.gateway.room.names").gauge().value());
        rig.publish(Rig.device("x-2-7", 2, 2, 2));
        JsonNode came = other.await("update");
        assertTrue(came.toString().contains("\"x-2-7\""), came.toString());
        other.send(subscribe(2, 1));
        other.await("snapshot");
      }
      Await.until(() -> rig.gateway.hub().ask(hub -> hub.fleet().awaited()).join() == 0);
      Await.until(() -> rig.gateway.hub().roomNames().size() == 0);
    }
  }

  @Test
  void g5NamesAreBoundedForEachAddressAndForAll() {
    RoomNames names = new RoomNames();
    assertTrue(names.swap("a", 0, RoomNames.MOST_OF_AN_ADDRESS));
    assertFalse(names.swap("a", 0, 1));
    assertTrue(names.swap("b", 0, RoomNames.MOST_OF_AN_ADDRESS));
    assertFalse(names.swap("c", 0, 1), "the bound of all");
    assertTrue(names.swap("a", 2_000, 1_000), "fewer are always taken");
    assertTrue(names.swap("c", 0, 1_000));
    assertEquals(RoomNames.MOST, names.size());
    assertTrue(names.swap("c", 1_000, 0));
  }
}

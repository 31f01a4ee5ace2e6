package sightline.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The binary messages say what the JSON samples of the same name say. */
class ServerBinaryTest {
  private static final Map<String, Integer> HANDLES =
      Map.of("dev-1", 0, "dev-2", 1, "dev-3", 70_000, "dev-9", 0x01020304);

  private static String encoded(ServerMessage message) {
    BinaryOut out = new BinaryOut(1);
    switch (message) {
      case ServerMessage.Snapshot m -> {
        ServerBinary.begin(out, ServerBinary.SNAPSHOT, 0);
        m.devices().forEach(device -> write(out, device, DeviceView.ALL));
        ServerBinary.end(out, m.devices().size(), m.more());
      }
      case ServerMessage.Update m -> {
        ServerBinary.begin(out, ServerBinary.UPDATE, m.n());
        m.devices().forEach(change -> write(out, change.device(), change.fields()));
        ServerBinary.end(out, m.devices().size(), false);
      }
      case ServerMessage.Remove m -> {
        ServerBinary.begin(out, ServerBinary.REMOVE, 0);
        m.devices().forEach(id -> ServerBinary.removed(out, handle(id)));
        ServerBinary.end(out, m.devices().size(), false);
      }
      default -> throw new IllegalArgumentException("is text in both protocols: " + message);
    }
    return HexFormat.of().formatHex(out.toBytes());
  }

  private static void write(BinaryOut out, DeviceView device, int fields) {
    ServerBinary.device(out, handle(device.id()), device, fields);
  }

  private static int handle(String id) {
    return HANDLES.getOrDefault(id, -1);
  }

  @Test
  void everyBinaryMessageIsWrittenAsItsGoldenSample() {
    for (String name : new String[] {"snapshot", "update", "remove"}) {
      ServerMessage message = Objects.requireNonNull(ServerJsonTest.messages().get(name));
      assertEquals(Samples.text("binary/" + name + ".hex"), encoded(message), name);
    }
  }

  /** P26: rounded, then wrapped. */
  @Test
  void aHeadingThatIsRoundedUpToACircleIsNorthOnEveryWire() {
    for (double heading : new double[] {359.996, 359.995, 360, 0.004, 0}) {
      DeviceView device =
          new DeviceView(
              "d",
              0,
              0,
              null,
              null,
              List.of(),
              DeviceState.MOVING,
              false,
              false,
              1,
              2,
              heading,
              3,
              Double.NaN,
              Double.NaN,
              null,
              null);
      JsonOut json = new JsonOut(64);
      DeviceJson.write(json, device, DeviceView.ALL);
      assertTrue(json.text().contains("\"heading\":0,"), json.text());
      BinaryOut out = new BinaryOut(1);
      ServerBinary.device(out, 0, device, DeviceView.POSITION);
      int headingAt = 4 + 2 + 6 + 6 + 4 + 4;
      assertEquals(0, out.array()[headingAt] << 8 | out.array()[headingAt + 1], "of " + heading);
    }
    assertEquals(35_999, Headings.hundredths(359.994));
    assertTrue(Double.isNaN(Headings.rounded(Double.NaN)));
  }

  @Test
  void aPartOfASnapshotSaysThatMoreFollows() {
    BinaryOut out = new BinaryOut(1);
    ServerBinary.begin(out, ServerBinary.SNAPSHOT, 0);
    ServerBinary.end(out, 0, true);
    assertEquals("010100000000000000000000", HexFormat.of().formatHex(out.toBytes()));
  }

  @Test
  void theNumberOfAnUpdateHasSixBytes() {
    BinaryOut out = new BinaryOut(1);
    ServerBinary.begin(out, ServerBinary.UPDATE, 0x0102_0304_0506L);
    ServerBinary.end(out, 3, false);
    assertEquals("020000000003010203040506", HexFormat.of().formatHex(out.toBytes()));
  }
}

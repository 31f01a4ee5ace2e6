package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the seed article's WebSocket servers send, message by message. */
class SeedReaderTest {
  private static final String UPDATE =
      "{\"deviceId\":\"bench-0007\",\"type\":\"location\",\"timestamp\":1767225600123,"
          + "\"lat\":-47.141,\"lon\":9.52,\"heading\":90.5,\"speed\":13,\"seq\":17}";
  private static final String PLACE =
      "bench-0007 Place[lat=-471410000, lon=95200000, heading=9050, speed=1300]";
  private static final String POSITION = "bench-0007@1767225600123";

  private final Reading told = new Reading();

  @Test
  void tellsTheWholePositionWhereSampled() {
    message(new SeedReader(told, true), UPDATE);
    assertEquals(List.of(PLACE, POSITION), told.told);
  }

  @Test
  void readsNoFurtherThanTheTimestampWhereNotSampled() {
    message(new SeedReader(told, false), UPDATE.replace("-47.141", "?"));
    assertEquals(List.of(POSITION), told.told);
  }

  @Test
  void readsAMessageInParts() {
    byte[] bytes = Motion.ascii(UPDATE);
    for (int at = 0; at <= bytes.length; at++) {
      Reading again = new Reading();
      SeedReader reader = new SeedReader(again, true);
      reader.read(bytes, 0, at);
      reader.read(bytes, at, bytes.length);
      reader.end();
      message(reader, UPDATE);
      assertEquals(List.of(PLACE, POSITION, PLACE, POSITION), again.told, "split at " + at);
    }
  }

  @Test
  void takesTheSnapshotAsTheSignThatAllIsSetUp() {
    message(new SeedReader(told, true), "{\"type\":\"snapshot\",\"devices\":[" + UPDATE + "]}");
    assertEquals(List.of("snapshot"), told.told);
  }

  @Test
  void passesOverADeviceThatIsNotOfTheFleet() {
    message(new SeedReader(told, true), UPDATE.replace("bench-0007", "somebody"));
    assertEquals(List.of(), told.told);
  }

  @Test
  void tellsWhatIsNoPosition() {
    for (String bad :
        List.of(
            "",
            "{}",
            UPDATE + "}",
            UPDATE.substring(0, UPDATE.length() - 1),
            UPDATE.replace("\"timestamp\"", "\"time\""),
            UPDATE.replace("9.52", "9.52000001"),
            UPDATE.replace("9.52", "1e1"),
            UPDATE.replace("9.52", "null"))) {
      Reading again = new Reading();
      message(new SeedReader(again, true), bad);
      assertEquals(List.of("malformed"), again.told, bad);
    }
  }

  private static void message(SeedReader reader, String text) {
    byte[] bytes = Motion.ascii(text);
    reader.read(bytes, 0, bytes.length);
    reader.end();
  }
}

package sightline.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The frame reader and the message scanner together, against frames laid out by hand. */
class ScannerTest {
  private static final String SNAPSHOT =
      "{\"type\":\"snapshot\",\"devices\":["
          + "{\"id\":\"bench-0001\",\"timestamp\":100,\"name\":\"a \\\"}],{[\\\\\",\"groups\":[\"n\"]},"
          + "{\"id\":\"dev-9\",\"received\":3,\"name\":\"no position yet\"},"
          + "{\"id\":\"bench-0002\",\"timestamp\":101}],\"more\":false}";
  private static final String UPDATE =
      "{\"type\":\"update\",\"n\":7,\"devices\":["
          + "{\"id\":\"bench-0003\",\"timestamp\":1767225600123,\"lat\":-1.5e2,\"lon\":7.4},"
          + "{\"id\":\"bench-12345\",\"timestamp\":5,\"lat\":1}]}";
  private static final String EVENTS =
      "{\"type\":\"events\",\"events\":[{\"id\":\"bench-0001\",\"timestamp\":999}],\"cursor\":\"4\"}";
  private static final List<String> ALL =
      List.of(
          "bench-0001@100",
          "bench-0002@101",
          "snapshot",
          "control 9 beat",
          "bench-0003@1767225600123",
          "bench-12345@5");

  private static byte[] stream() {
    return new ServerFrames()
        .text("{\"type\":\"welcome\",\"protocol\":1,\"server\":\"g\",\"time\":1}")
        .text(SNAPSHOT)
        .frame(true, 9, "beat")
        .text(EVENTS)
        .text(UPDATE)
        .text("{\"type\":\"heartbeat\",\"time\":2}")
        .bytes();
  }

  @Test
  void findsThePositionsOfSeveralFramesInOneRead() {
    assertEquals(ALL, Reading.whole(stream()));
  }

  @Test
  void findsThemAtEverySplit() {
    byte[] stream = stream();
    for (int at = 0; at <= stream.length; at++) {
      assertEquals(ALL, Reading.split(stream, at), "split at " + at);
    }
    assertEquals(ALL, Reading.dripped(stream));
  }

  @Test
  void findsThemInAFragmentedMessageWithAPingInside() {
    for (int at = 1; at < UPDATE.length(); at++) {
      byte[] bytes =
          new ServerFrames()
              .frame(false, 1, UPDATE.substring(0, at))
              .frame(true, 9, "p")
              .frame(true, 0, UPDATE.substring(at))
              .bytes();
      List<String> told = Reading.whole(bytes);
      assertEquals(3, told.size(), "fragment at " + at + ": " + told);
      assertEquals(
          List.of("bench-0003@1767225600123", "bench-12345@5"), without(told, "control 9 p"));
    }
  }

  private static List<String> without(List<String> told, String what) {
    return told.stream().filter(each -> !each.equals(what)).toList();
  }

  @Test
  void readsFramesOfEveryLengthForm() {
    for (int padding : List.of(0, 60, 125, 126, 300, 65_000, 65_535, 65_536, 200_000)) {
      String message =
          "{\"type\":\"update\",\"x\":\""
              + "}".repeat(padding)
              + "\",\"devices\":[{\"id\":\"bench-0600\",\"timestamp\":1}]}";
      byte[] bytes = new ServerFrames().text(message).text(message).bytes();
      assertEquals(List.of("bench-0600@1", "bench-0600@1"), Reading.whole(bytes));
    }
  }

  @Test
  void readsAnEmptyMessageAndAnEmptyControlFrame() {
    byte[] bytes = new ServerFrames().frame(true, 10, "").text("").text(UPDATE).bytes();
    List<String> told = Reading.dripped(bytes);
    assertEquals("control 10 ", told.get(0));
    assertEquals("malformed", told.get(1));
    assertEquals("bench-0003@1767225600123", told.get(2));
  }

  @Test
  void tellsAMessageThatBreaksThePromisedOrder() {
    assertEquals(
        List.of("malformed"),
        told(
            "{\"type\":\"update\",\"devices\":[{\"id\":\"bench-0001\",\"lat\":1,\"timestamp\":5}]}"));
    assertEquals(
        List.of("malformed"),
        told("{\"type\":\"update\",\"devices\":[{\"timestamp\":5,\"id\":\"bench-0001\"}]}"));
    assertEquals(
        List.of("malformed"),
        told("{\"type\":\"update\",\"devices\":[{\"id\":\"bench-0001\",\"timestamp\":null}]}"));
    assertEquals(List.of("malformed"), told("{\"n\":1,\"type\":\"update\"}"));
    assertEquals(
        List.of("bench-0001@5", "malformed"),
        told("{\"type\":\"update\",\"devices\":[{\"id\":\"bench-0001\",\"timestamp\":5}]"));
  }

  @Test
  void goesOnAfterAMalformedMessage() {
    byte[] bytes = new ServerFrames().text("{\"n\":1}").text(UPDATE).bytes();
    assertEquals(
        List.of("malformed", "bench-0003@1767225600123", "bench-12345@5"), Reading.whole(bytes));
  }

  @Test
  void refusesWhatNoServerMaySend() {
    byte[] masked = {(byte) 0x81, (byte) 0x80, 1, 2, 3, 4};
    assertThrows(FrameReader.BadFrame.class, () -> Reading.whole(masked));
    byte[] longPing = {(byte) 0x89, 126, 0, (byte) 200};
    assertThrows(FrameReader.BadFrame.class, () -> Reading.whole(longPing));
  }

  private static List<String> told(String message) {
    return Reading.whole(new ServerFrames().text(message).bytes());
  }
}

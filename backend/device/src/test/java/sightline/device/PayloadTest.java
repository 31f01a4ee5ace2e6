package sightline.device;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayloadTest {

  @Test
  void aLocationHasTheContractsFieldsAndNoneThatIsUnknown() {
    Location location =
        Location.at(43.73, -7.4200001).moving(90, 13.9).accurateTo(5).altitude(-0.04);
    assertEquals(
        "{\"timestamp\":1767225600123,\"lat\":43.73,\"lon\":-7.4200001,\"heading\":90,"
            + "\"speed\":13.9,\"accuracy\":5,\"altitude\":0,\"seq\":17}",
        new String(location.encode(1_767_225_600_123L, 17), UTF_8));
    assertEquals(
        "{\"timestamp\":1,\"lat\":0,\"lon\":180,\"seq\":2}",
        new String(Location.at(0, 180).encode(1, 2), UTF_8));
  }

  @Test
  void aHeadingThatIsRoundedUpToACircleIsNorth() {
    Location location = Location.at(1, 2).moving(359.96, 3);
    assertEquals(
        "{\"timestamp\":1,\"lat\":1,\"lon\":2,\"heading\":0,\"speed\":3,\"seq\":2}",
        new String(location.encode(1, 2), UTF_8));
  }

  @Test
  void aLocationOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Location.at(90.1, 0));
    assertThrows(IllegalArgumentException.class, () -> Location.at(0, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> Location.at(0, 0).moving(360, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> Location.at(0, 0).moving(0, Double.POSITIVE_INFINITY));
  }

  @Test
  void anEventKeepsEveryCharacterOfItsText() {
    Event event =
        Event.of("alert")
            .severity("critical")
            .message("\"Übergang\" \\ \n\u0001 \uD83D\uDE93 \uD800")
            .at(47.1, 9.5)
            .data("speeds", List.of(1, 2.5, true, Map.of("a", "b")));
    assertEquals(
        "{\"id\":\"e1\",\"timestamp\":5,\"type\":\"alert\",\"severity\":\"critical\","
            + "\"message\":\"\\\"Übergang\\\" \\\\ \\u000a\\u0001 \uD83D\uDE93 ?\","
            + "\"lat\":47.1,\"lon\":9.5,\"data\":{\"speeds\":[1,2.5,true,{\"a\":\"b\"}]}}",
        new String(event.encode("e1", 5), UTF_8));
  }

  @Test
  void dataThatJsonCannotHoldIsRefused() {
    Event event = Event.of("alert").data("x", Double.NaN);
    assertThrows(IllegalArgumentException.class, () -> event.encode("e", 1));
    assertThrows(IllegalArgumentException.class, () -> Event.of("alert").withId("a b"));
  }

  @Test
  void anAnswerIsReadWhateverElseItHolds() {
    assertEquals(new Answer(false, "e1", null, 0), answer("{\"event\":\"e1\"}"));
    assertEquals(
        new Answer(false, "e1", "store", 0),
        answer(" { \"n\" : -1.5e3, \"rejected\" : \"store\" , \"event\" : \"e1\" } "));
  }

  /** P49: both sides read the same samples. */
  @Test
  void theSamplesOfAnswersToABacklogAreRead() throws Exception {
    assertEquals(new Answer(true, "b-17", null, 0), answer(sample("answer-batch")));
    assertEquals(new Answer(true, "b-17", null, 2), answer(sample("answer-batch-refused")));
    assertEquals(new Answer(true, "b-17", "overload", 0), answer(sample("answer-batch-rejected")));
  }

  private static String sample(String name) throws IOException {
    Path root = Path.of(System.getProperty("sightline.root"), "wire-samples", "mqtt");
    return Files.readString(root.resolve(name + ".json"));
  }

  @Test
  void whatIsNoAnswerIsIgnored() {
    for (String text :
        List.of(
            "", "{}", "[]", "{\"event\":1}", "{\"event\":\"a\"", "{\"event\":\"a\"}x", "null")) {
      assertEquals(null, answer(text), text);
    }
    assertEquals(null, answer("{\"event\":\"" + "a".repeat(2_000) + "\"}"));
  }

  private static @Nullable Answer answer(String json) {
    return Answer.parse(json.getBytes(UTF_8));
  }
}

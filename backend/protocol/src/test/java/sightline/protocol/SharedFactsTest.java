package sightline.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SharedFactsTest {
  @Test
  void closeCodesAreTheSharedList() throws Exception {
    List<Map<String, String>> expected =
        Arrays.stream(CloseCode.values())
            .map(
                c ->
                    Map.of(
                        "code", String.valueOf(c.code()),
                        "reason", c.reason(),
                        "reconnect", String.valueOf(c.reconnect())))
            .toList();
    assertEquals(expected, objects("close-codes.json"));
  }

  @Test
  void theDocumentHasTheSameCloseCodes() throws Exception {
    Pattern row = Pattern.compile("(?m)^\\| (\\d{4}) \\| ([a-z-]+) \\| (yes|no) \\|");
    List<Map<String, String>> documented =
        row.matcher(document())
            .results()
            .map(
                r ->
                    Map.of(
                        "code", r.group(1),
                        "reason", r.group(2),
                        "reconnect", String.valueOf(r.group(3).equals("yes"))))
            .toList();
    assertEquals(objects("close-codes.json"), documented);
  }

  @Test
  void theDocumentShowsEveryMessage() throws Exception {
    String document = document();
    for (String folder : List.of("client", "server")) {
      for (Path sample : Samples.in(folder, "")) {
        assertTrue(
            document.contains("    " + Files.readString(sample).strip() + "\n"),
            () -> "docs/protocol.md does not show " + folder + "/" + sample.getFileName());
      }
    }
  }

  @Test
  void theDocumentNamesEveryReasonToRefuse() throws Exception {
    String document = document();
    for (RejectReason reason : RejectReason.values()) {
      assertTrue(document.contains("`" + reason.wireName() + "`"), reason.wireName());
    }
  }

  @Test
  void stateFollowsTheSharedCases() throws Exception {
    List<Map<String, String>> cases = objects("device-state.json");
    assertEquals(8, cases.size());
    for (Map<String, String> c : cases) {
      String speed = c.getOrDefault("speedMps", "null");
      DeviceState state =
          StateRule.DEFAULT.state(
              Boolean.parseBoolean(c.get("online")),
              Long.parseLong(c.getOrDefault("silentMillis", "")),
              Long.parseLong(c.getOrDefault("usualIntervalMillis", "")),
              speed.equals("null") ? Double.NaN : Double.parseDouble(speed));
      assertEquals(c.get("state"), state.wireName(), c.get("name"));
    }
  }

  @Test
  void topicsGiveTheirDeviceOrNothing() {
    assertEquals("dev-1", Topics.deviceOf(Topics.location("dev-1")));
    assertEquals("dev-1", Topics.deviceOf(Topics.fleetLocation("dev-1")));
    for (String topic :
        List.of(
            "devices//location",
            "devices/a b/location",
            "devices/a",
            "x/a/location",
            "devices/a/b/location",
            "devices/ü/status",
            "devices/" + "a".repeat(65) + "/events")) {
      assertNull(Topics.deviceOf(topic), topic);
    }
  }

  private static String document() throws IOException {
    return Files.readString(Samples.root().resolveSibling("docs").resolve("protocol.md"));
  }

  private static List<Map<String, String>> objects(String file) throws Exception {
    List<Map<String, String>> found = new ArrayList<>();
    try (JsonParser parser = JsonInput.FACTORY.createParser(Samples.text(file))) {
      Map<String, String> current = new HashMap<>();
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.END_OBJECT) {
          found.add(current);
          current = new HashMap<>();
        } else if (parser.currentToken().isScalarValue()) {
          current.put(parser.currentName(), parser.getText());
        }
      }
    }
    return found;
  }
}

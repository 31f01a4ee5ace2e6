package sightline.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

package sightline.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sightline.protocol.ClientMessage.Drawn;
import sightline.protocol.ClientMessage.EventsWanted;
import sightline.protocol.ClientMessage.Scope;
import sightline.protocol.ClientMessage.Subscribe;
import sightline.protocol.ClientMessage.Visible;

class ClientJsonTest {
  private static final Map<String, ClientMessage> EXPECTED =
      Map.of(
          "subscribe-all",
          new Subscribe(new Scope.All(), new EventsWanted(true, null)),
          "subscribe-rooms",
          new Subscribe(new Scope.Rooms(List.of("dev-1", "dev-2")), EventsWanted.NONE),
          "subscribe-since",
          new Subscribe(new Scope.All(), new EventsWanted(true, "e1-2s")),
          "subscribe-view",
          new Subscribe(
              new Scope.View(9.4, 47, 9.7, 47.3, 11, List.of("dev-9")),
              new EventsWanted(true, "e1-2s")),
          "drawn",
          new Drawn(412),
          "visible",
          new Visible(false));

  @Test
  void everySampleIsReadAsWhatItMeans() throws Exception {
    assertEquals(EXPECTED.size(), Samples.in("client", "").size());
    for (Map.Entry<String, ClientMessage> sample : EXPECTED.entrySet()) {
      String json = Samples.text("client/" + sample.getKey() + ".json");
      assertEquals(sample.getValue(), ClientJson.parse(json.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "{\"type\":\"subscribe\"}",
        "{\"type\":\"dance\"}",
        "{\"type\":\"subscribe\",\"devices\":\"some\"}",
        "{\"type\":\"subscribe\",\"devices\":[\"a/b\"]}",
        "{\"type\":\"subscribe\",\"devices\":[1]}",
        "{\"type\":\"subscribe\",\"devices\":[\"_sightline-probe-1\"]}",
        "{\"type\":\"subscribe\",\"devices\":\"all\",\"extra\":1}",
        "{\"type\":\"subscribe\",\"devices\":\"all\",\"events\":{}}",
        "{\"type\":\"subscribe\",\"view\":{\"bbox\":[1,2,3],\"zoom\":1}}",
        "{\"type\":\"subscribe\",\"view\":{\"bbox\":[1,20,3,4],\"zoom\":1}}",
        "{\"type\":\"subscribe\",\"view\":{\"bbox\":[1,2,3,4]}}",
        "{\"type\":\"drawn\"}",
        "{\"type\":\"drawn\",\"n\":\"1\"}",
        "{\"type\":\"visible\",\"visible\":1}",
        "{\"type\":\"visible\",\"type\":\"visible\",\"visible\":true}",
        "{\"type\":\"visible\",\"visible\":true} x"
      })
  void whatIsNotOfTheContractIsRefused(String json) {
    assertThrows(
        RejectedPayload.class, () -> ClientJson.parse(json.getBytes(StandardCharsets.UTF_8)));
  }
}

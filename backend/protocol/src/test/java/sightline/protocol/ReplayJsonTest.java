package sightline.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplayJsonTest {
  private static final Map<String, ReplayCommand> COMMANDS =
      Map.of(
          "pause",
          new ReplayCommand.Pause(),
          "play",
          new ReplayCommand.Play(),
          "seek",
          new ReplayCommand.Seek(1_767_225_660_000L),
          "speed",
          new ReplayCommand.Speed(10));

  @Test
  void everyCommandOfTheSamplesIsReadAsWhatItMeans() throws Exception {
    assertEquals(COMMANDS.size(), Samples.in("replay", "client-").size());
    for (Map.Entry<String, ReplayCommand> sample : COMMANDS.entrySet()) {
      assertEquals(
          sample.getValue(), parse(Samples.text("replay/client-" + sample.getKey() + ".json")));
    }
  }

  @Test
  void theClockIsWrittenAsInTheSample() {
    JsonOut out = new JsonOut(16);
    ReplayJson.write(
        out,
        new ReplayClock(
            1_767_225_600_500L, 1_767_225_600_000L, 1_767_229_200_000L, 2.5, true, false));
    assertEquals(Samples.text("replay/server-replay.json"), out.text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"type\":\"dance\"}",
        "{\"type\":\"seek\"}",
        "{\"type\":\"seek\",\"time\":\"now\"}",
        "{\"type\":\"seek\",\"time\":-1}",
        "{\"type\":\"speed\"}",
        "{\"type\":\"speed\",\"speed\":0.5}",
        "{\"type\":\"speed\",\"speed\":61}",
        "{\"type\":\"play\",\"extra\":1}"
      })
  void whatIsNotOfTheContractIsRefused(String json) {
    assertThrows(RejectedPayload.class, () -> parse(json));
  }

  private static ReplayCommand parse(String json) throws RejectedPayload {
    return ReplayJson.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}

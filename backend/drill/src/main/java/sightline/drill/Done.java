package sightline.drill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a drill.jsonl says was done: the newest line of each fault. Immutable. */
final class Done {
  private static final ObjectMapper JSON = new ObjectMapper();

  static final Done NOTHING = new Done(Map.of());

  private final Map<String, JsonNode> newest;

  private Done(Map<String, JsonNode> newest) {
    this.newest = newest;
  }

  /** Reads a file that may not be there. */
  static Done read(Path file) throws IOException {
    Map<String, JsonNode> newest = new HashMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        JsonNode drill = JSON.readTree(line);
        newest.put(drill.path("fault").asText(), drill);
      }
    }
    return new Done(newest);
  }

  /** Whether it came to an end, as often and long and under the same load at least. */
  boolean has(Plan plan) {
    JsonNode line = newest.get(plan.fault().word());
    return line != null
        && line.has("acknowledged")
        && line.path("planned").asInt() >= plan.kills()
        && line.path("rate").asInt() >= plan.rate()
        && line.path("devices").asInt() >= plan.devices()
        && line.path("browsers").asInt() >= plan.browsers()
        && line.path("holdsMs").asLong() >= plan.holds().toMillis();
  }

  boolean passed(Plan plan) {
    @Nullable JsonNode line = newest.get(plan.fault().word());
    return line != null && line.path("passed").asBoolean();
  }
}

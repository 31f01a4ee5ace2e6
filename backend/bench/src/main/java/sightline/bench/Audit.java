package sightline.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * Decodes everything that a browser read and compares each of the fleet's positions with what was
 * sent. JSON of some browsers after the run, binary of all while it is read. Owned by the
 * generator's thread.
 */
final class Audit {
  private final JsonFactory json = new JsonFactory();
  private final Schedule schedule;
  private final Faults faults;
  private long checked;

  Audit(Schedule schedule, Faults faults) {
    this.schedule = schedule;
    this.faults = faults;
  }

  /** How many positions were compared. */
  long checked() {
    return checked;
  }

  /** Compares a position of a binary message. */
  void check(int device, long timestamp, BinaryReader.Place place) {
    int sequence = device < schedule.devices() ? schedule.sequence(device, timestamp) : -1;
    if (sequence >= 0) {
      checked++;
      boolean same =
          place.lat() == 10 * Motion.latMicros(device, sequence)
              && place.lon() == 10 * Motion.lonMicros(device, sequence)
              && place.heading() == 10 * Motion.headingTenths(device, sequence)
              && place.speed() == 10 * Motion.speedTenths(device, sequence);
      if (!same) {
        faults.add("a browser holds a position other than the one sent");
      }
    }
  }

  void check(Recording recording) {
    try (JsonParser parser = json.createParser(recording.messages())) {
      while (parser.nextToken() != null) {
        message(parser);
      }
    } catch (IOException e) {
      faults.add("a browser read what is no JSON: " + e.getMessage());
    }
  }

  private void message(JsonParser parser) throws IOException {
    String type = "";
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("type")) {
        type = parser.getText();
      } else if (name.equals("devices") && (type.equals("update") || type.equals("snapshot"))) {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
          device(parser);
        }
      } else {
        parser.skipChildren();
      }
    }
  }

  private void device(JsonParser parser) throws IOException {
    String id = "";
    Map<String, BigDecimal> numbers = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("id")) {
        id = parser.getText();
      } else if (value.isNumeric()) {
        numbers.put(name, parser.getDecimalValue());
      } else {
        parser.skipChildren();
      }
    }
    byte[] idBytes = Motion.ascii(id);
    int device = DeviceIds.index(idBytes, idBytes.length);
    BigDecimal timestamp = numbers.get("timestamp");
    if (device >= 0 && device < schedule.devices() && timestamp != null) {
      int sequence = schedule.sequence(device, timestamp.longValue());
      if (sequence >= 0 && numbers.containsKey("lat")) {
        compare(numbers, device, sequence);
      }
    }
  }

  private void compare(Map<String, BigDecimal> numbers, int device, int sequence) {
    checked++;
    boolean same =
        same(numbers, "lat", Motion.latMicros(device, sequence), 6)
            && same(numbers, "lon", Motion.lonMicros(device, sequence), 6)
            && same(numbers, "heading", Motion.headingTenths(device, sequence), 1)
            && same(numbers, "speed", Motion.speedTenths(device, sequence), 1);
    if (!same) {
      faults.add("a browser holds a position other than the one sent");
    }
  }

  private static boolean same(
      Map<String, BigDecimal> numbers, String name, long scaled, int decimals) {
    BigDecimal value = numbers.get(name);
    return value != null && value.compareTo(BigDecimal.valueOf(scaled, decimals)) == 0;
  }
}

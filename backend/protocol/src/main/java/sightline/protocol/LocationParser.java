package sightline.protocol;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a device publishes on {@code devices/{id}/location}; stateless. */
public final class LocationParser {
  private LocationParser() {}

  /**
   * What a payload held.
   *
   * @param locations those that are accepted, in their order
   * @param rejected why others of the same array are not, one each
   * @param flaws why optional fields of the accepted ones were left out
   * @param backlog whether it was an array, or an object with one
   * @param batch the id of a backlog that is to be answered, or null
   */
  public record Parsed(
      List<Location> locations,
      List<RejectedPayload> rejected,
      List<RejectedPayload> flaws,
      boolean backlog,
      @Nullable String batch) {}

  /**
   * One location, an array of them, or an object with an array and an id; a bad one in an array is
   * left out by itself.
   *
   * @throws RejectedPayload where nothing of it can be accepted
   */
  public static Parsed parse(byte[] payload) throws RejectedPayload {
    return parse(payload, NullIsland.REFUSE);
  }

  /** The same, with what becomes of positions at 0, 0. */
  public static Parsed parse(byte[] payload, NullIsland island) throws RejectedPayload {
    if (BacklogParser.maybe(payload)) {
      Parsed backlog = BacklogParser.parse(payload, island);
      if (backlog != null) {
        return backlog;
      }
    }
    return DeviceInput.of(
        payload,
        in -> {
          if (!in.at(JsonToken.START_ARRAY)) {
            List<Location> one = List.of(one(in, island));
            return new Parsed(one, List.of(), in.flaws(), false, null);
          }
          List<Location> locations = new ArrayList<>();
          List<RejectedPayload> rejected = new ArrayList<>();
          elements(in, island, locations, rejected);
          return new Parsed(locations, rejected, in.flaws(), true, null);
        });
  }

  /** Those of an array, from its first token to its last. */
  static void elements(
      DeviceInput in, NullIsland island, List<Location> locations, List<RejectedPayload> rejected)
      throws IOException {
    while (in.parser().nextToken() != JsonToken.END_ARRAY) {
      element(in, island, locations, rejected);
    }
  }

  private static void element(
      DeviceInput in, NullIsland island, List<Location> locations, List<RejectedPayload> rejected)
      throws IOException {
    int depth = in.parser().getParsingContext().getNestingDepth();
    boolean nested = in.at(JsonToken.START_OBJECT);
    try {
      locations.add(one(in, island));
    } catch (RejectedPayload e) {
      rejected.add(e);
      int outside = nested ? depth - 1 : depth;
      while (in.parser().getParsingContext().getNestingDepth() > outside) {
        in.parser().nextToken();
      }
      in.skip();
    }
  }

  private static Location one(DeviceInput in, NullIsland island)
      throws IOException, RejectedPayload {
    in.expectObject("a location");
    long timestamp = -1;
    double lat = Double.NaN;
    double lon = Double.NaN;
    double heading = Double.NaN;
    double speed = Double.NaN;
    double accuracy = Double.NaN;
    double altitude = Double.NaN;
    long seq = 0;
    for (String field = in.nextField(); field != null; field = in.nextField()) {
      switch (field) {
        case "timestamp" -> timestamp = in.time(field);
        case "lat" -> lat = in.required(field, -90, 90);
        case "lon" -> lon = in.required(field, -180, 180);
        case "heading" -> heading = in.optional(field, 0, 360);
        case "speed" -> speed = in.optional(field, 0, 10_000);
        case "accuracy" -> accuracy = in.optional(field, 0, 1e7);
        case "altitude" -> altitude = in.optional(field, -20_000, 1e7);
        case "seq" -> seq = in.optionalLong(field);
        default -> in.skip();
      }
    }
    if (timestamp < 0) {
      throw JsonInput.missing("timestamp");
    }
    if (Double.isNaN(lat) || Double.isNaN(lon)) {
      throw JsonInput.missing(Double.isNaN(lat) ? "lat" : "lon");
    }
    if (island.refuses(lat, lon)) {
      throw NullIsland.refused();
    }
    double turned = heading == 360 ? 0 : heading;
    return new Location(timestamp, lat, lon, turned, speed, accuracy, altitude, seq);
  }
}

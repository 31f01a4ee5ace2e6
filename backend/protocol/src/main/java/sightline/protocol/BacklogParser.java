package sightline.protocol;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a backlog with an id, {@code {"id":"b-17","locations":[…]}}; stateless. */
public final class BacklogParser {
  private static final byte[] MARK = "\"locations\"".getBytes(StandardCharsets.UTF_8);

  private BacklogParser() {}

  /**
   * Whether a payload may be one: no other location has that text in it, bar some unknown field.
   */
  static boolean maybe(byte[] payload) {
    int last = payload.length - MARK.length;
    for (int at = 0; at <= last; at++) {
      int same = 0;
      while (same < MARK.length && payload[at + same] == MARK[same]) {
        same++;
      }
      if (same == MARK.length) {
        return true;
      }
    }
    return false;
  }

  /** Null where it is none. */
  static LocationParser.@Nullable Parsed parse(byte[] payload, NullIsland island)
      throws RejectedPayload {
    Fields fields = new Fields(island);
    List<RejectedPayload> flaws = DeviceInput.of(payload, fields::read);
    if (!fields.listed) {
      return null;
    }
    if (fields.badId) {
      throw JsonInput.wrongType("id", "a text of at most 64 of A-Z a-z 0-9 _ . : -");
    }
    return new LocationParser.Parsed(fields.locations, fields.rejected, flaws, true, fields.id);
  }

  /** The id of a backlog that was refused, as far as it can be read; null where it can't. */
  public static @Nullable String idOf(byte[] payload) {
    if (!maybe(payload)) {
      return null;
    }
    Fields fields = new Fields(NullIsland.ACCEPT);
    try {
      var _ = DeviceInput.of(payload, fields::read);
    } catch (RejectedPayload e) {
      // It is answered for what was read so far.
    }
    return fields.id;
  }

  private static final class Fields {
    private final NullIsland island;
    private final List<Location> locations = new ArrayList<>();
    private final List<RejectedPayload> rejected = new ArrayList<>();
    private @Nullable String id;
    private boolean badId;
    private boolean listed;

    Fields(NullIsland island) {
      this.island = island;
    }

    List<RejectedPayload> read(DeviceInput in) throws IOException, RejectedPayload {
      if (!in.at(JsonToken.START_OBJECT)) {
        in.skip();
        return List.of();
      }
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        switch (field) {
          case "id" -> idOf(in);
          case "locations" -> {
            listed = true;
            if (!in.at(JsonToken.START_ARRAY)) {
              throw JsonInput.wrongType(field, "an array");
            }
            LocationParser.elements(in, island, locations, rejected);
          }
          default -> in.skip();
        }
      }
      return in.flaws();
    }

    private void idOf(JsonInput in) throws IOException {
      String text = in.at(JsonToken.VALUE_STRING) ? in.parser().getText() : "";
      in.skip();
      badId = !Limits.isEventId(text);
      id = badId ? null : text;
    }
  }
}

package sightline.protocol;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sightline.protocol.ClientMessage.EventsWanted;
import sightline.protocol.ClientMessage.Scope;

/** Reads a browser's messages, strictly: an unknown type or field is refused; stateless. */
public final class ClientJson {
  private static final int MAX_DEVICES = 10_000;

  private ClientJson() {}

  /**
   * One message.
   *
   * @throws RejectedPayload with what is wrong, to be told to the client
   */
  public static ClientMessage parse(byte[] json) throws RejectedPayload {
    return JsonInput.read(json, in -> new Fields().read(in).message());
  }

  private static final class Fields {
    private @Nullable String type;
    private @Nullable Scope devices;
    private double @Nullable [] box;
    private double zoom = Double.NaN;
    private List<String> pins = List.of();
    private EventsWanted events = EventsWanted.NONE;
    private @Nullable Long n;
    private @Nullable Boolean visible;

    Fields read(JsonInput in) throws IOException, RejectedPayload {
      in.expectObject("a message");
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        switch (field) {
          case "type" -> type = in.text(field, 64);
          case "devices" -> devices = scope(in);
          case "view" -> view(in);
          case "pins" -> pins = ids(in, field);
          case "events" -> events = events(in);
          case "n" -> n = in.optionalLong(field);
          case "visible" -> visible = in.bool(field);
          default -> throw unknown(field);
        }
      }
      return this;
    }

    ClientMessage message() throws RejectedPayload {
      String kind = type;
      return switch (kind == null ? "" : kind) {
        case "subscribe" -> subscribe();
        case "drawn" -> new ClientMessage.Drawn(present(n, "n"));
        case "visible" -> new ClientMessage.Visible(present(visible, "visible"));
        case "" -> throw JsonInput.missing("type");
        default ->
            throw new RejectedPayload(
                RejectReason.OUT_OF_RANGE, "type must be subscribe, drawn or visible");
      };
    }

    private ClientMessage subscribe() throws RejectedPayload {
      double[] bounds = box;
      if (bounds != null && devices == null) {
        Scope view = new Scope.View(bounds[0], bounds[1], bounds[2], bounds[3], zoom, pins);
        return new ClientMessage.Subscribe(view, events);
      }
      if (bounds != null) {
        throw new RejectedPayload(RejectReason.OUT_OF_RANGE, "either devices or view, not both");
      }
      return new ClientMessage.Subscribe(present(devices, "devices"), events);
    }

    private static Scope scope(JsonInput in) throws IOException, RejectedPayload {
      if (in.at(JsonToken.START_ARRAY)) {
        return new Scope.Rooms(ids(in, "devices"));
      }
      if (in.at(JsonToken.VALUE_STRING) && in.parser().getText().equals("all")) {
        return new Scope.All();
      }
      throw JsonInput.wrongType("devices", "\"all\" or an array of device ids");
    }

    private void view(JsonInput in) throws IOException, RejectedPayload {
      in.expectObject("view");
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        switch (field) {
          case "bbox" -> box = bbox(in);
          case "zoom" -> zoom = in.required(field, 0, 30);
          default -> throw unknown("view." + field);
        }
      }
      if (box == null || Double.isNaN(zoom)) {
        throw JsonInput.missing(box == null ? "view.bbox" : "view.zoom");
      }
    }

    private static double[] bbox(JsonInput in) throws IOException, RejectedPayload {
      double[] box = new double[4];
      if (!in.at(JsonToken.START_ARRAY)) {
        throw JsonInput.wrongType("view.bbox", "[west, south, east, north]");
      }
      for (int i = 0; i < 4; i++) {
        in.parser().nextToken();
        double bound = i % 2 == 0 ? 180 : 90;
        box[i] = in.required("view.bbox", -bound, bound);
      }
      if (in.parser().nextToken() != JsonToken.END_ARRAY || box[1] > box[3]) {
        throw new RejectedPayload(
            RejectReason.OUT_OF_RANGE, "view.bbox must be [west, south, east, north]");
      }
      return box;
    }

    private static EventsWanted events(JsonInput in) throws IOException, RejectedPayload {
      in.expectObject("events");
      EventsWanted wanted = null;
      for (String field = in.nextField(); field != null; field = in.nextField()) {
        if (!field.equals("since")) {
          throw unknown("events." + field);
        }
        wanted = new EventsWanted(true, in.text(field, 64));
      }
      if (wanted == null) {
        throw JsonInput.missing("events.since");
      }
      return wanted;
    }

    private static List<String> ids(JsonInput in, String field)
        throws IOException, RejectedPayload {
      if (!in.at(JsonToken.START_ARRAY)) {
        throw JsonInput.wrongType(field, "an array of device ids");
      }
      List<String> ids = new ArrayList<>();
      while (in.parser().nextToken() != JsonToken.END_ARRAY) {
        String id = in.at(JsonToken.VALUE_STRING) ? in.parser().getText() : "";
        if (!Limits.isDeviceId(id) || ids.size() == MAX_DEVICES) {
          throw new RejectedPayload(
              RejectReason.OUT_OF_RANGE, field + " must be at most 10,000 device ids");
        }
        if (Limits.isReserved(id)) {
          throw new RejectedPayload(
              RejectReason.OUT_OF_RANGE, field + " must not name a reserved device");
        }
        ids.add(id);
      }
      return List.copyOf(ids);
    }

    private static <T> T present(@Nullable T value, String field) throws RejectedPayload {
      if (value == null) {
        throw JsonInput.missing(field);
      }
      return value;
    }

    private static RejectedPayload unknown(String field) {
      return new RejectedPayload(RejectReason.OUT_OF_RANGE, "unknown field " + field);
    }
  }
}

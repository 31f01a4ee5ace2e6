package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sightline.protocol.DeviceJson;
import sightline.protocol.DeviceState;
import sightline.protocol.DeviceView;
import sightline.protocol.JsonOut;
import sightline.protocol.Refused;

/** {@code /api/v1/devices}: the fleet as it is now. Any virtual thread. */
final class DevicesApi {
  private static final Set<String> PARAMETERS =
      Set.of("kind", "state", "group", "text", "limit", "cursor");
  private static final int LIMIT = 1_000;
  private static final int MAX_LIMIT = 10_000;

  private final HubAsker hub;

  DevicesApi(HubAsker hub) {
    this.hub = hub;
  }

  List<Route> routes() {
    return List.of(
        new Route("GET", "/api/v1/devices", PARAMETERS, (request, path) -> list(request)),
        new Route("GET", "/api/v1/devices/{id}", this::one));
  }

  private Answer list(Request request) throws BadRequest, InterruptedException {
    int limit = request.number("limit", 1, MAX_LIMIT, LIMIT);
    String after = request.parameter("cursor");
    Filter filter = Filter.of(request);
    Permission permission = request.who().permission();
    List<DeviceView> devices = new ArrayList<>(hub.ask(state -> visible(state, permission)));
    devices.removeIf(
        device -> !filter.takes(device) || (after != null && device.id().compareTo(after) <= 0));
    devices.sort(Comparator.comparing(DeviceView::id));
    int count = Math.min(limit, devices.size());
    return ListPieces.answer(
        devices.subList(0, count),
        (json, device) -> DeviceJson.write(json, device, DeviceView.ALL),
        count < devices.size() ? devices.get(count - 1).id() : null);
  }

  private Answer one(Request request, Map<String, String> path) throws InterruptedException {
    String id = path.getOrDefault("id", "");
    Permission permission = request.who().permission();
    Known known = hub.ask(state -> known(state, id, permission));
    DeviceView device = known.view;
    if (device == null) {
      return known.refused == null ? unknown() : refused(known.refused);
    }
    JsonOut json = new JsonOut(512);
    DeviceJson.writeWhole(json, device, known.refused);
    return Answer.json(json);
  }

  /** What is known of an id: as a unit, or as one of which all was refused; null is nothing. */
  private record Known(@Nullable DeviceView view, @Nullable Refused refused) {}

  private static Known known(HubState state, String id, Permission permission) {
    Slot slot = state.fleet().find(id);
    if (slot != null && slot.record != null && seen(slot, permission)) {
      return new Known(slot.view, slot.record.refused());
    }
    boolean hidden = !permission.sees(state.fleet().groups(id));
    return new Known(null, hidden ? null : state.refused().find(id));
  }

  private static Answer refused(Refused refused) {
    return Answer.problem(
        HttpResponseStatus.NOT_FOUND,
        "not-found",
        "there is no such device; all that came of it was refused",
        json -> refused.write(json.name("refused")));
  }

  /** A device that may be seen, or null. */
  @Nullable DeviceView find(String id, Permission permission) throws InterruptedException {
    return hub.ask(
        state -> {
          Slot slot = state.fleet().find(id);
          return slot == null || !seen(slot, permission) ? null : slot.view;
        });
  }

  static Answer unknown() {
    return Answer.problem(HttpResponseStatus.NOT_FOUND, "there is no such device");
  }

  private static List<DeviceView> visible(HubState state, Permission permission) {
    List<DeviceView> views = new ArrayList<>();
    for (Slot slot : state.fleet().slots()) {
      if (seen(slot, permission) && slot.view != null) {
        views.add(slot.view);
      }
    }
    return views;
  }

  private static boolean seen(Slot slot, Permission permission) {
    return !slot.reserved && slot.view != null && permission.sees(slot.view.groups());
  }

  /**
   * What a list is cut to; null is any.
   *
   * @param text lower case, in the id or the name
   */
  private record Filter(
      @Nullable String kind,
      @Nullable String state,
      @Nullable String group,
      @Nullable String text) {
    static Filter of(Request request) throws BadRequest {
      String text = request.parameter("text");
      return new Filter(
          request.parameter("kind"),
          state(request.parameter("state")),
          request.parameter("group"),
          text == null ? null : text.toLowerCase(Locale.ROOT));
    }

    private static @Nullable String state(@Nullable String asked) throws BadRequest {
      List<String> states = Arrays.stream(DeviceState.values()).map(DeviceState::wireName).toList();
      if (asked != null && !states.contains(asked)) {
        throw new BadRequest("state must be one of " + String.join(", ", states));
      }
      return asked;
    }

    boolean takes(DeviceView device) {
      return (kind == null || kind.equals(device.kind()))
          && (state == null || state.equals(device.state().wireName()))
          && (group == null || device.groups().contains(group))
          && (text == null || contains(device.id(), text) || contains(device.name(), text));
    }

    private static boolean contains(@Nullable String in, String text) {
      return in != null && in.toLowerCase(Locale.ROOT).contains(text);
    }
  }
}

package sightline.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringEncoder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sightline.history.PositionStore;
import sightline.protocol.Limits;
import sightline.protocol.Order;
import sightline.protocol.Position;
import sightline.time.RoleClock;

/**
 * {@code /api/v1/devices/{id}/track}: where a device was, streamed. JSON comes in parts of a limit;
 * a file is whole, unless a limit is asked for. Any virtual thread.
 */
final class TrackApi {
  private static final Set<String> PARAMETERS =
      Set.of("from", "to", "every", "limit", "cursor", "format");
  private static final int LIMIT = 10_000;
  private static final int MAX_LIMIT = 100_000;
  private static final long HOUR_MILLIS = 3_600_000;

  private final PositionStore positions;
  private final DevicesApi devices;
  private final HealthWatch health;
  private final RoleClock clock;
  private final DeviceGroups groups;

  TrackApi(
      PositionStore positions,
      DevicesApi devices,
      HealthWatch health,
      RoleClock clock,
      DeviceGroups groups) {
    this.positions = positions;
    this.devices = devices;
    this.health = health;
    this.clock = clock;
    this.groups = groups;
  }

  List<Route> routes() {
    return List.of(new Route("GET", "/api/v1/devices/{id}/track", PARAMETERS, this::track));
  }

  private Answer track(Request request, Map<String, String> path)
      throws BadRequest, InterruptedException {
    String id = path.getOrDefault("id", "");
    TrackFormat format = TrackFormat.wanted(request);
    if (format == null) {
      return Answer.problem(
          HttpResponseStatus.NOT_ACCEPTABLE, "a track is JSON, GeoJSON, GPX or CSV");
    }
    Permission permission = request.who().permission();
    if (!Limits.isDeviceId(id) || Limits.isReserved(id) || !permission.sees(groups.of(id))) {
      return DevicesApi.unknown();
    }
    long to = request.moment("to", clock.millis() + 1);
    long from = request.moment("from", to - HOUR_MILLIS);
    String every = request.parameter("every");
    long everyMillis = every == null ? 0 : Moments.span("every", every);
    if (from > to) {
      throw new BadRequest("from must not be after to");
    }
    long limit = limit(request, format);
    TrackPages.Wanted wanted =
        new TrackPages.Wanted(id, start(request, from, everyMillis), to, everyMillis, limit);
    TrackPages pages = new TrackPages(positions, wanted);
    List<Position> first = pages.next();
    if (first.isEmpty() && devices.find(id, permission) == null) {
      return DevicesApi.unknown();
    }
    TrackStream stream =
        new TrackStream(first, pages, format.text(id, health.recordedThrough(), everyMillis));
    Answer answer = format.answer(id, health.recordedThrough(), stream);
    if (format == TrackFormat.JSON || limit == TrackPages.ALL) {
      return answer;
    }
    Order cut = cutAfter(wanted);
    return cut == null ? answer : answer.with("Link", next(request, from, to, cut));
  }

  private static long limit(Request request, TrackFormat format) throws BadRequest {
    boolean whole = format != TrackFormat.JSON && request.parameter("limit") == null;
    return whole ? TrackPages.ALL : request.number("limit", 1, MAX_LIMIT, LIMIT);
  }

  private static Order start(Request request, long from, long everyMillis) throws BadRequest {
    String cursor = request.parameter("cursor");
    if (cursor == null) {
      return Order.before(from);
    }
    Order given = Cursors.order(cursor);
    Order after =
        everyMillis == 0
            ? given
            : Order.before((Math.floorDiv(given.millis(), everyMillis) + 1) * everyMillis);
    return after.isAfter(Order.before(from)) ? after : Order.before(from);
  }

  /** Where a file of a limit ends; its head has to say so, and comes first. */
  private @Nullable Order cutAfter(TrackPages.Wanted wanted) {
    TrackPages pages = new TrackPages(positions, wanted);
    int read = 1;
    while (read > 0) {
      read = pages.next().size();
    }
    return pages.cutAfter();
  }

  private static String next(Request request, long from, long to, Order cut) {
    QueryStringEncoder uri = new QueryStringEncoder(request.path());
    request
        .query()
        .forEach(
            (name, values) -> {
              if (!Set.of("from", "to", "cursor").contains(name)) {
                uri.addParam(name, values.getFirst());
              }
            });
    uri.addParam("from", Long.toString(from));
    uri.addParam("to", Long.toString(to));
    uri.addParam("cursor", Cursors.text(cut));
    return "<" + uri + ">; rel=\"next\"";
  }
}
